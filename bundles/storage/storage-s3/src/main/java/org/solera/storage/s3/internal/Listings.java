// SPDX-License-Identifier: Apache-2.0
package org.solera.storage.s3.internal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.solera.platform.api.SoleraException;
import org.solera.storage.api.BucketName;
import org.solera.storage.api.ListQuery;
import org.solera.storage.api.Listing;
import org.solera.storage.api.StoredObject;

/** The two listings of objects. */
final class Listings {
    private static final int PAGE = 1000;

    private final StoreAccess store;

    Listings(StoreAccess store) {
        this.store = store;
    }

    void listV1(S3Call call) throws SoleraException, IOException, InterruptedException {
        Target target = call.target();
        BucketName bucket = call.bucket();
        KeyCoding coding = KeyCoding.of(call);
        String marker = target.get("marker");
        int most = target.number("max-keys", PAGE);
        Listing page = list(bucket, target, marker, most);
        Xml xml = head(target, coding, most).text("Marker", coding.code(marker)).text("IsTruncated", page.truncated());
        if (page.truncated()) {
            xml.text("NextMarker", coding.code(page.next()));
        }
        objects(xml, page, coding, call.identity().name());
        call.respondXml(xml.finish());
    }

    void listV2(S3Call call) throws SoleraException, IOException, InterruptedException {
        Target target = call.target();
        BucketName bucket = call.bucket();
        KeyCoding coding = KeyCoding.of(call);
        String token = target.get("continuation-token");
        if (target.has("continuation-token") && token.isEmpty()) {
            throw new S3Exception(S3Error.INVALID_ARGUMENT, "The continuation token is empty.");
        }
        String after = token.isEmpty() ? target.get("start-after") : decode(token);
        int most = target.number("max-keys", PAGE);
        Listing page = list(bucket, target, after, most);
        Xml xml = head(target, coding, most)
                .text("KeyCount", page.objects().size() + page.commonPrefixes().size())
                .text("IsTruncated", page.truncated());
        if (!token.isEmpty()) {
            xml.text("ContinuationToken", token);
        }
        if (target.has("start-after")) {
            xml.text("StartAfter", coding.code(target.get("start-after")));
        }
        if (page.truncated()) {
            xml.text("NextContinuationToken", encode(page.next()));
        }
        objects(
                xml,
                page,
                coding,
                "true".equals(target.get("fetch-owner")) ? call.identity().name() : "");
        call.respondXml(xml.finish());
    }

    private Listing list(BucketName bucket, Target target, String after, int most)
            throws SoleraException, InterruptedException {
        ListQuery query = new ListQuery(target.get("prefix"), target.get("delimiter"), after, most);
        return store.call(each -> each.list(bucket, query));
    }

    private static Xml head(Target target, KeyCoding coding, int most) {
        Xml xml = Xml.document("ListBucketResult")
                .text("Name", target.bucket())
                .text("Prefix", coding.code(target.get("prefix")))
                .text("MaxKeys", most);
        if (target.has("delimiter")) {
            xml.text("Delimiter", coding.code(target.get("delimiter")));
        }
        coding.write(xml);
        return xml;
    }

    private static void objects(Xml xml, Listing page, KeyCoding coding, String owner) {
        for (StoredObject object : page.objects()) {
            xml.begin("Contents")
                    .text("Key", coding.code(object.key().key()))
                    .time("LastModified", object.modified())
                    .text("ETag", "\"" + object.etag() + "\"")
                    .text("Size", object.sizeBytes())
                    .text("StorageClass", "STANDARD");
            if (!owner.isEmpty()) {
                Owner.write(xml, "Owner", owner);
            }
            xml.end();
        }
        for (String prefix : page.commonPrefixes()) {
            xml.begin("CommonPrefixes").text("Prefix", coding.code(prefix)).end();
        }
    }

    private static String encode(String key) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(key.getBytes(StandardCharsets.UTF_8));
    }

    private static String decode(String token) throws S3Exception {
        try {
            return new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            throw new S3Exception(
                    S3Error.INVALID_ARGUMENT, "The continuation token is not one of this server.", malformed);
        }
    }
}
