// SPDX-License-Identifier: Apache-2.0
package org.solera.storage.s3.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.solera.platform.api.AccessKey;
import org.solera.platform.api.AccessKeys;
import org.solera.platform.api.HealthReport;
import org.solera.platform.api.Identity;
import org.solera.platform.api.Role;
import org.solera.storage.api.StorageError;
import org.solera.storage.api.StorageException;

@Timeout(value = 1, unit = TimeUnit.MINUTES)
class S3HandlerTest {
    private final MemoryStore.Drives drives = new MemoryStore.Drives();
    private final MemoryStore store = new MemoryStore(drives);
    private final S3Handler handler = new S3Handler(Clock.fixed(MemoryStore.NOW, ZoneOffset.UTC), config());

    private static S3Config config() {
        return (S3Config) Proxy.newProxyInstance(
                S3HandlerTest.class.getClassLoader(),
                new Class<?>[] {S3Config.class},
                (proxy, method, arguments) -> "");
    }

    @BeforeEach
    void bind() throws Exception {
        AccessKeys keys = id -> FakeExchange.KEY.equals(id)
                ? Optional.of(new AccessKey(id, FakeExchange.SECRET, Identity.of("somebody", Set.of(Role.OWNER))))
                : Optional.empty();
        handler.bindKeys(keys, Map.of());
        handler.bindStore(store, Map.of());
        assertEquals(200, call("PUT", "/photos", "").status());
    }

    private FakeExchange call(FakeExchange exchange) throws Exception {
        handler.handle(exchange.signed());
        return exchange;
    }

    private FakeExchange call(String method, String target, String body) throws Exception {
        return call(new FakeExchange(method, target, body));
    }

    private static void assertRefused(int status, String code, FakeExchange exchange) {
        assertEquals(code, exchange.element("Code"), exchange.text());
        assertEquals(status, exchange.status());
        assertEquals("application/xml", exchange.header("Content-Type"));
        assertEquals("request-1", exchange.element("RequestId"));
    }

    @Test
    void makesListsAndRemovesBuckets() throws Exception {
        FakeExchange all = call("GET", "/", "");
        assertEquals("photos", all.element("Name"));
        assertEquals("2026-03-01T10:20:30.000Z", all.element("CreationDate"));
        assertRefused(409, "BucketAlreadyOwnedByYou", call("PUT", "/photos", ""));
        assertRefused(400, "InvalidBucketName", call("PUT", "/No", ""));
        call("PUT", "/photos/a", "1");
        assertRefused(409, "BucketNotEmpty", call("DELETE", "/photos", ""));
        call("DELETE", "/photos/a", "");
        assertEquals(204, call("DELETE", "/photos", "").status());
        assertRefused(404, "NoSuchBucket", call("GET", "/photos", ""));
    }

    @Test
    void putsReadsAndDeletesAnObjectWithItsMetadata() throws Exception {
        FakeExchange put = call(new FakeExchange("PUT", "/photos/a%20b/%E5%9B%BE.txt", "hello, store")
                .with("Content-Type", "text/plain")
                .with("x-amz-meta-camera", "one"));
        assertEquals(200, put.status());
        FakeExchange got = call("GET", "/photos/a%20b/%E5%9B%BE.txt", "");
        assertEquals("hello, store", got.text());
        assertEquals(put.header("ETag"), got.header("ETag"));
        assertEquals("text/plain", got.header("Content-Type"));
        assertEquals("one", got.header("x-amz-meta-camera"));
        assertEquals("12", got.header("Content-Length"));
        FakeExchange part = call(new FakeExchange("GET", "/photos/a%20b/%E5%9B%BE.txt", "").with("Range", "bytes=7-9"));
        assertEquals("sto", part.text());
        assertEquals(206, part.status());
        assertEquals("bytes 7-9/12", part.header("Content-Range"));
        FakeExchange head = call("HEAD", "/photos/a%20b/%E5%9B%BE.txt", "");
        assertEquals("12", head.header("Content-Length"));
        assertEquals("", head.text());
        assertEquals("a b/图.txt", call("GET", "/photos?list-type=2", "").element("Key"));
        assertEquals(204, call("DELETE", "/photos/a%20b/%E5%9B%BE.txt", "").status());
        assertRefused(404, "NoSuchKey", call("GET", "/photos/a%20b/%E5%9B%BE.txt", ""));
        assertEquals(404, call("HEAD", "/photos/a%20b/%E5%9B%BE.txt", "").status());
    }

    @Test
    void listsInPages() throws Exception {
        for (String key : new String[] {"a", "b", "c"}) {
            call("PUT", "/photos/" + key, key);
        }
        FakeExchange first = call("GET", "/photos?list-type=2&max-keys=2", "");
        assertEquals("true", first.element("IsTruncated"));
        assertEquals("2", first.element("KeyCount"));
        String token = first.element("NextContinuationToken");
        FakeExchange second = call("GET", "/photos?continuation-token=" + token + "&list-type=2&max-keys=2", "");
        assertEquals("false", second.element("IsTruncated"));
        assertEquals("c", second.element("Key"));
        assertRefused(400, "InvalidArgument", call("GET", "/photos?continuation-token=%21&list-type=2", ""));
    }

    @Test
    void completesAMultipartUpload() throws Exception {
        String id = call("POST", "/photos/large?uploads", "").element("UploadId");
        String one = call("PUT", "/photos/large?partNumber=1&uploadId=" + id, "first ")
                .header("ETag");
        String two = call("PUT", "/photos/large?partNumber=2&uploadId=" + id, "second")
                .header("ETag");
        assertEquals(id, call("GET", "/photos?uploads", "").element("UploadId"));
        assertEquals("1", call("GET", "/photos/large?uploadId=" + id, "").element("PartNumber"));
        String wrong = "<CompleteMultipartUpload><Part><PartNumber>3</PartNumber><ETag>x</ETag></Part>"
                + "</CompleteMultipartUpload>";
        assertRefused(400, "InvalidPart", call("POST", "/photos/large?uploadId=" + id, wrong));
        FakeExchange done = call(
                "POST",
                "/photos/large?uploadId=" + id,
                "<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>" + one
                        + "</ETag></Part><Part><PartNumber>2</PartNumber><ETag>" + two
                        + "</ETag></Part></CompleteMultipartUpload>");
        assertEquals("http://box:9000/photos/large", done.element("Location"));
        assertEquals("first second", call("GET", "/photos/large", "").text());
        assertRefused(404, "NoSuchUpload", call("PUT", "/photos/large?partNumber=1&uploadId=" + id, "late"));
        String other = call("POST", "/photos/other?uploads", "").element("UploadId");
        assertEquals(204, call("DELETE", "/photos/other?uploadId=" + other, "").status());
        assertRefused(404, "NoSuchUpload", call("GET", "/photos/other?uploadId=" + other, ""));
    }

    @Test
    void copiesWithinTheStore() throws Exception {
        call(new FakeExchange("PUT", "/photos/a", "content").with("x-amz-meta-camera", "one"));
        FakeExchange copy = call(new FakeExchange("PUT", "/photos/b", "").with("x-amz-copy-source", "/photos/a"));
        assertEquals(200, copy.status());
        FakeExchange got = call("GET", "/photos/b", "");
        assertEquals("content", got.text());
        assertEquals("one", got.header("x-amz-meta-camera"));
        assertRefused(
                404,
                "NoSuchKey",
                call(new FakeExchange("PUT", "/photos/b", "").with("x-amz-copy-source", "photos/none")));
        assertRefused(
                400,
                "InvalidRequest",
                call(new FakeExchange("PUT", "/photos/a", "").with("x-amz-copy-source", "photos/a")));
    }

    @Test
    void deletesManyObjectsAtOnce() throws Exception {
        call("PUT", "/photos/a", "1");
        call("PUT", "/photos/b", "1");
        FakeExchange done = call(
                "POST",
                "/photos?delete",
                "<Delete><Object><Key>a</Key></Object><Object><Key>b</Key></Object><Object><Key></Key></Object></Delete>");
        assertEquals(200, done.status());
        assertTrue(done.text().contains("<Deleted><Key>a</Key></Deleted><Deleted><Key>b</Key></Deleted>"), done.text());
        assertEquals("KeyTooLongError", done.element("Code"));
        assertFalse(call("GET", "/photos", "").text().contains("<Key>"));
        assertRefused(400, "MalformedXML", call("POST", "/photos?delete", "<Delete><Object>"));
    }

    @Test
    void refusesWrongSignaturesUnknownOperationsAndBrokenBodies() throws Exception {
        FakeExchange changed = new FakeExchange("PUT", "/photos/a", "1").signed();
        String signature = String.valueOf(changed.request().headers().get("Authorization"));
        FakeExchange other = new FakeExchange("PUT", "/photos/b", "1").signed().with("Authorization", signature);
        handler.handle(other);
        assertRefused(403, "SignatureDoesNotMatch", other);
        FakeExchange anonymous = new FakeExchange("GET", "/photos/a", "");
        handler.handle(anonymous);
        assertRefused(403, "AccessDenied", anonymous);
        assertRefused(501, "NotImplemented", call("GET", "/photos?lifecycle", ""));
        assertRefused(
                400,
                "BadDigest",
                call(new FakeExchange("PUT", "/photos/a", "1").with("Content-MD5", "1B2M2Y8AsgTpgAmY7PhCfg==")));
        assertEquals(0, drives.stagedCount());
    }

    @Test
    void tellsThatTheDrivesAreFullSoThatClientsDoNotTryAgain() throws Exception {
        store.refuseStaging(new StorageException(StorageError.NO_SPACE, "Drive d0 is full.", "Delete objects."));
        FakeExchange refused = call("PUT", "/photos/a", "1");
        assertRefused(507, "XSoleraStorageFull", refused);
        assertEquals("Drive d0 is full. Delete objects.", refused.element("Message"));
        assertEquals("null", refused.header("Retry-After"));
    }

    @Test
    void discardsWhatWasStagedWhenTheCommitIsRefused() throws Exception {
        call("PUT", "/photos/a", "1");
        assertRefused(
                412, "PreconditionFailed", call(new FakeExchange("PUT", "/photos/a", "2").with("If-None-Match", "*")));
        assertEquals(0, drives.stagedCount());
        assertEquals("1", call("GET", "/photos/a", "").text());
    }

    @Test
    void commitsWithTheNextVersionWhatTheOneBeforeStaged() throws Exception {
        MemoryStore next = new MemoryStore(drives);
        store.afterStage(() -> {
            handler.unbindStore(store);
            store.giveUp();
            handler.bindStore(next, Map.of());
        });
        assertEquals(200, call("PUT", "/photos/a", "survives").status());
        assertEquals("survives", call("GET", "/photos/a", "").text());
        assertEquals(0, store.refused(), "nobody asks a version that is gone");
    }

    @Test
    void asksAgainWhenAVersionGivesUpAtThatMoment() throws Exception {
        MemoryStore next = new MemoryStore(drives);
        store.giveUp();
        store.onRefusal(() -> handler.bindStore(next, Map.of("service.ranking", 1)));
        assertEquals(200, call("PUT", "/photos/a", "again").status());
        assertEquals(1, store.refused());
        assertEquals("again", call("GET", "/photos/a", "").text());
    }

    @Test
    void answersThatItIsUnavailableWhenNoVersionComes() throws Exception {
        store.giveUp();
        FakeExchange refused = call("GET", "/photos/a", "");
        assertRefused(503, "ServiceUnavailable", refused);
        assertEquals("1", refused.header("Retry-After"));
        assertEquals(3, store.refused());
        handler.unbindStore(store);
        assertEquals(HealthReport.Status.DOWN, handler.check().status());
    }
}
