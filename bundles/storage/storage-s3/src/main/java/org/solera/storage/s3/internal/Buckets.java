// SPDX-License-Identifier: Apache-2.0
package org.solera.storage.s3.internal;

import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.access.Action;
import org.solera.storage.api.Bucket;
import org.solera.storage.api.BucketName;
import org.solera.storage.api.ObjectKey;

/** Buckets, what is fixed about them, and the deletion of many objects. */
final class Buckets {
    private static final int MAX_DELETES = 1000;

    private final StoreAccess store;

    Buckets(StoreAccess store) {
        this.store = store;
    }

    void list(S3Call call) throws SoleraException, IOException, InterruptedException {
        List<Bucket> buckets = store.call(each -> each.buckets());
        Xml xml = Xml.document("ListAllMyBucketsResult");
        Owner.write(xml, "Owner", call.identity().name());
        xml.begin("Buckets");
        for (Bucket bucket : buckets) {
            if (!call.may(Action.READ, bucket.name())) {
                continue;
            }
            xml.begin("Bucket")
                    .text("Name", bucket.name().value())
                    .time("CreationDate", bucket.created())
                    .end();
        }
        call.respondXml(xml.finish());
    }

    void create(S3Call call) throws SoleraException, IOException, InterruptedException {
        BucketName name = call.bucket();
        if (store.call(each -> each.findBucket(name)).isEmpty()) { // clients create what is there before they upload
            call.requireAllBuckets();
        }
        if ("true"
                .equalsIgnoreCase(
                        call.header("x-amz-bucket-object-lock-enabled").orElse(""))) {
            throw new S3Exception(S3Error.NOT_IMPLEMENTED, "Object lock is not implemented.");
        }
        try (InputStream document = RequestBody.document(call)) {
            if (document.available() > 0) { // any region is this box
                XmlReader.read(document, "CreateBucketConfiguration", "Tag", MAX_DELETES);
            }
        }
        store.call(each -> each.createBucket(name, call.identity().name()));
        HttpHeaders headers = call.headers();
        headers.set("Location", "/" + name.value());
        call.respond(HttpResponseStatus.OK, headers);
    }

    void head(S3Call call) throws SoleraException, IOException, InterruptedException {
        require(call);
        HttpHeaders headers = call.headers();
        headers.set("x-amz-bucket-region", "us-east-1");
        headers.set("Content-Length", 0);
        call.respondHead(headers);
    }

    void delete(S3Call call) throws SoleraException, IOException, InterruptedException {
        BucketName name = call.bucket();
        call.requireAllBuckets();
        store.call(each -> {
            each.deleteBucket(name);
            return name;
        });
        call.respond(HttpResponseStatus.NO_CONTENT);
    }

    void location(S3Call call) throws SoleraException, IOException, InterruptedException {
        require(call);
        call.respondXml(Xml.document("LocationConstraint").finish());
    }

    void versioning(S3Call call) throws SoleraException, IOException, InterruptedException {
        require(call);
        call.respondXml(Xml.document("VersioningConfiguration").finish());
    }

    /** Answers that the owner may do everything, and nobody else anything. */
    void acl(S3Call call) throws SoleraException, IOException, InterruptedException {
        require(call);
        if (!call.target().key().isEmpty()) {
            ObjectKey key = call.key();
            if (store.call(each -> each.find(key)).isEmpty()) {
                throw new S3Exception(S3Error.NO_SUCH_KEY, "The key does not exist.");
            }
        }
        String name = call.identity().name();
        Xml xml = Xml.document("AccessControlPolicy");
        Owner.write(xml, "Owner", name);
        xml.begin("AccessControlList").begin("Grant");
        xml.raw("<Grantee xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:type=\"CanonicalUser\">")
                .text("ID", name)
                .text("DisplayName", name)
                .raw("</Grantee>");
        call.respondXml(xml.text("Permission", "FULL_CONTROL").finish());
    }

    void deleteMany(S3Call call) throws SoleraException, IOException, InterruptedException {
        BucketName bucket = require(call).name();
        XmlReader.Document document = XmlReader.read(RequestBody.document(call), "Delete", "Object", MAX_DELETES);
        boolean quiet = "true"
                .equalsIgnoreCase(document.fields().getOrDefault("Quiet", "").strip());
        Xml xml = Xml.document("DeleteResult");
        for (Map<String, String> entry : document.records()) {
            String name = entry.getOrDefault("Key", "");
            try {
                ObjectKey key = ObjectKey.parse(bucket, name);
                store.call(each -> each.delete(key));
                if (!quiet) {
                    xml.begin("Deleted").text("Key", name).end();
                }
            } catch (SoleraException failure) {
                xml.begin("Error")
                        .text("Key", name)
                        .text("Code", ErrorMapper.map(failure).wire())
                        .text("Message", failure.explain())
                        .end();
            }
        }
        call.respondXml(xml.finish());
    }

    private Bucket require(S3Call call) throws SoleraException, InterruptedException {
        BucketName name = call.bucket();
        return store.call(each -> each.findBucket(name))
                .orElseThrow(() -> new S3Exception(S3Error.NO_SUCH_BUCKET, "The bucket does not exist."));
    }
}
