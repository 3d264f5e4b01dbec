// SPDX-License-Identifier: Apache-2.0
package org.solera.storage.s3.internal;

import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.solera.platform.api.SoleraException;
import org.solera.storage.api.MultipartUpload;
import org.solera.storage.api.ObjectKey;
import org.solera.storage.api.ObjectMetadata;
import org.solera.storage.api.Part;
import org.solera.storage.api.StagedBody;
import org.solera.storage.api.StoredObject;

/** Multipart uploads. */
final class Multiparts {
    private static final int MAX_PARTS = 10_000;
    private static final int PAGE = 1000;

    private final StoreAccess store;
    private final ObjectWrites writes;

    Multiparts(StoreAccess store, ObjectWrites writes) {
        this.store = store;
        this.writes = writes;
    }

    void begin(S3Call call) throws SoleraException, IOException, InterruptedException {
        ObjectKey key = call.key();
        ObjectMetadata metadata =
                ObjectHeaders.metadata(call.exchange().request().headers());
        MultipartUpload upload = store.call(each -> each.beginUpload(key, metadata));
        call.respondXml(Xml.document("InitiateMultipartUploadResult")
                .text("Bucket", key.bucket().value())
                .text("Key", key.key())
                .text("UploadId", upload.id())
                .finish());
    }

    void put(S3Call call) throws SoleraException, IOException, InterruptedException {
        ObjectKey key = call.key();
        String uploadId = call.target().get("uploadId");
        int number = partNumber(call);
        var unused = store.call(each -> each.parts(key, uploadId)); // refuses before gigabytes are read
        RequestBody body = RequestBody.of(call);
        StagedBody staged = store.stage(body.content(), body.expectation());
        Part part = writes.commit(staged, () -> store.call(each -> each.commitPart(key, uploadId, number, staged)));
        HttpHeaders headers = call.headers();
        headers.set("ETag", "\"" + part.etag() + "\"");
        body.checksum().ifPresent(checksum -> headers.set(checksum.header(), checksum.base64()));
        call.respond(HttpResponseStatus.OK, headers);
    }

    void copy(S3Call call) throws SoleraException, IOException, InterruptedException {
        ObjectKey key = call.key();
        String uploadId = call.target().get("uploadId");
        int number = partNumber(call);
        CopySource.Copy copy = CopySource.stage(call, store);
        Part part = writes.commit(
                copy.staged(), () -> store.call(each -> each.commitPart(key, uploadId, number, copy.staged())));
        call.respondXml(Xml.document("CopyPartResult")
                .time("LastModified", part.stored())
                .text("ETag", "\"" + part.etag() + "\"")
                .finish());
    }

    void complete(S3Call call) throws SoleraException, IOException, InterruptedException {
        ObjectKey key = call.key();
        String uploadId = call.target().get("uploadId");
        XmlReader.Document document =
                XmlReader.read(RequestBody.document(call), "CompleteMultipartUpload", "Part", MAX_PARTS);
        List<Part.Ref> refs = new ArrayList<>();
        for (Map<String, String> part : document.records()) {
            refs.add(new Part.Ref(
                    number(part.getOrDefault("PartNumber", "")), Conditions.unquote(part.getOrDefault("ETag", ""))));
        }
        if (refs.isEmpty()) {
            throw new S3Exception(S3Error.MALFORMED_XML, "The document names no part.");
        }
        StoredObject object = store.call(each -> each.completeUpload(key, uploadId, refs));
        String host = call.header("host").orElse("");
        call.respondXml(Xml.document("CompleteMultipartUploadResult")
                .text(
                        "Location",
                        (call.exchange().secure() ? "https://" : "http://")
                                + host
                                + UriCodec.encode(call.target().path(), true))
                .text("Bucket", key.bucket().value())
                .text("Key", key.key())
                .text("ETag", "\"" + object.etag() + "\"")
                .finish());
    }

    void abort(S3Call call) throws SoleraException, IOException, InterruptedException {
        ObjectKey key = call.key();
        String uploadId = call.target().get("uploadId");
        boolean done = store.call(each -> {
            each.abortUpload(key, uploadId);
            return true;
        });
        call.respond(done ? HttpResponseStatus.NO_CONTENT : HttpResponseStatus.OK);
    }

    void parts(S3Call call) throws SoleraException, IOException, InterruptedException {
        ObjectKey key = call.key();
        String uploadId = call.target().get("uploadId");
        int most = call.target().number("max-parts", PAGE);
        int after = call.target().has("part-number-marker") ? call.target().number("part-number-marker", MAX_PARTS) : 0;
        List<Part> all = store.call(each -> each.parts(key, uploadId));
        List<Part> rest = all.stream().filter(part -> part.number() > after).toList();
        List<Part> page = rest.subList(0, Math.min(most, rest.size()));
        Xml xml = Xml.document("ListPartsResult")
                .text("Bucket", key.bucket().value())
                .text("Key", key.key())
                .text("UploadId", uploadId)
                .text("PartNumberMarker", after)
                .text(
                        "NextPartNumberMarker",
                        page.isEmpty() ? 0 : page.get(page.size() - 1).number())
                .text("MaxParts", most)
                .text("IsTruncated", page.size() < rest.size())
                .text("StorageClass", "STANDARD");
        Owner.write(xml, "Initiator", call.identity().name());
        Owner.write(xml, "Owner", call.identity().name());
        for (Part part : page) {
            xml.begin("Part")
                    .text("PartNumber", part.number())
                    .time("LastModified", part.stored())
                    .text("ETag", "\"" + part.etag() + "\"")
                    .text("Size", part.sizeBytes())
                    .end();
        }
        call.respondXml(xml.finish());
    }

    void uploads(S3Call call) throws SoleraException, IOException, InterruptedException {
        var bucket = call.bucket();
        Target target = call.target();
        String prefix = target.get("prefix");
        String keyMarker = target.get("key-marker");
        String idMarker = target.get("upload-id-marker");
        if (!target.get("delimiter").isEmpty()) {
            throw new S3Exception(S3Error.NOT_IMPLEMENTED, "ListMultipartUploads with a delimiter is not implemented.");
        }
        int most = target.number("max-uploads", PAGE);
        List<MultipartUpload> rest = new ArrayList<>();
        boolean behind = keyMarker.isEmpty();
        for (MultipartUpload upload : store.call(each -> each.uploads(bucket))) {
            String key = upload.key().key();
            if (behind && key.startsWith(prefix)) {
                rest.add(upload);
            } else if (!behind) {
                boolean sameKey = key.equals(keyMarker);
                behind = sameKey ? upload.id().equals(idMarker) : KeyOrder.compare(key, keyMarker) > 0;
                if (behind && !sameKey && key.startsWith(prefix)) {
                    rest.add(upload);
                }
            }
        }
        List<MultipartUpload> page = rest.subList(0, Math.min(most, rest.size()));
        boolean truncated = page.size() < rest.size() && !page.isEmpty();
        KeyCoding coding = KeyCoding.of(call);
        Xml xml = Xml.document("ListMultipartUploadsResult")
                .text("Bucket", bucket.value())
                .text("KeyMarker", coding.code(keyMarker))
                .text("UploadIdMarker", idMarker)
                .text("Prefix", coding.code(prefix))
                .text("MaxUploads", most)
                .text("IsTruncated", truncated);
        if (truncated) {
            MultipartUpload last = page.get(page.size() - 1);
            xml.text("NextKeyMarker", coding.code(last.key().key())).text("NextUploadIdMarker", last.id());
        }
        coding.write(xml);
        for (MultipartUpload upload : page) {
            xml.begin("Upload").text("Key", coding.code(upload.key().key())).text("UploadId", upload.id());
            Owner.write(xml, "Initiator", call.identity().name());
            Owner.write(xml, "Owner", call.identity().name());
            xml.text("StorageClass", "STANDARD")
                    .time("Initiated", upload.started())
                    .end();
        }
        call.respondXml(xml.finish());
    }

    private static int partNumber(S3Call call) throws S3Exception {
        return number(call.target().get("partNumber"));
    }

    private static int number(String text) throws S3Exception {
        try {
            int number = Integer.parseInt(text.strip());
            if (number >= 1 && number <= MAX_PARTS) {
                return number;
            }
        } catch (NumberFormatException notOne) {
            throw new S3Exception(S3Error.INVALID_ARGUMENT, "A part number must be a whole number.", notOne);
        }
        throw new S3Exception(S3Error.INVALID_ARGUMENT, "Part numbers go from 1 to 10,000.");
    }
}
