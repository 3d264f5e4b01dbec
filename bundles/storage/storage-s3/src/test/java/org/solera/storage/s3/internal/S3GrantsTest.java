// SPDX-License-Identifier: Apache-2.0
package org.solera.storage.s3.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.solera.platform.api.AccessKey;
import org.solera.platform.api.AccessKeys;
import org.solera.platform.api.Grant;
import org.solera.platform.api.Identity;

/** What a key may do is what its grants say, at every operation. */
@Timeout(60)
class S3GrantsTest {
    /** Operations that change nothing, on the bucket {@code photos}. */
    private static final List<String> READS = List.of(
            "HEAD /photos",
            "GET /photos",
            "GET /photos?list-type=2",
            "GET /photos?location",
            "GET /photos?versioning",
            "GET /photos?acl",
            "GET /photos?uploads",
            "GET /photos/a",
            "HEAD /photos/a",
            "GET /photos/a?acl",
            "GET /photos/a?uploadId=none",
            "GET /photos/none");

    /** Operations that change what is in it. */
    private static final List<String> CHANGES = List.of(
            "PUT /photos/b",
            "DELETE /photos/none",
            "POST /photos?delete",
            "POST /photos/c?uploads",
            "PUT /photos/c?partNumber=1&uploadId=none",
            "POST /photos/c?uploadId=none",
            "DELETE /photos/c?uploadId=none");

    private final S3Handler handler = new S3Handler(Clock.fixed(MemoryStore.NOW, ZoneOffset.UTC), config());
    private Identity identity = Identity.of("nobody");

    private static S3Config config() {
        return (S3Config) Proxy.newProxyInstance(
                S3GrantsTest.class.getClassLoader(), new Class<?>[] {S3Config.class}, (proxy, method, arguments) -> "");
    }

    @BeforeEach
    void fill() throws Exception {
        AccessKeys keys = id -> Optional.of(new AccessKey(id, FakeExchange.SECRET, identity));
        handler.bindKeys(keys, Map.of());
        handler.bindStore(new MemoryStore(new MemoryStore.Drives()), Map.of());
        hold("OWNER");
        for (String bucket : new String[] {"/films", "/photos"}) {
            assertEquals(200, call("PUT " + bucket).status());
            assertEquals(200, call("PUT " + bucket + "/a").status());
        }
    }

    private void hold(String... grants) {
        identity =
                new Identity("somebody", Arrays.stream(grants).map(Grant::parse).collect(Collectors.toSet()));
    }

    private FakeExchange call(String request) throws Exception {
        return call(request, "");
    }

    private FakeExchange call(String request, String body) throws Exception {
        String[] parts = request.split(" ", 2);
        FakeExchange exchange = new FakeExchange(parts[0], parts[1], body);
        handler.handle(exchange.signed());
        return exchange;
    }

    private static boolean refused(FakeExchange answer) {
        if (answer.status() == 403 && !answer.text().isEmpty()) {
            assertEquals("AccessDenied", answer.element("Code"));
            assertEquals("application/xml", answer.header("Content-Type"));
            assertEquals("request-1", answer.element("RequestId"));
        }
        return answer.status() == 403;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "none",
            value = {
                "none|false|false|false",
                "OWNER|true|true|true",
                "OPERATOR|true|true|true",
                "ENGINEER|true|false|false",
                "VIEWER|true|false|false",
                "LICENSE_ADMIN|false|false|false",
                "VIEWER@bucket:photos|true|false|false",
                "OPERATOR@bucket:photos|true|true|false",
                "OWNER@bucket:photos|true|true|false",
                "LICENSE_ADMIN@bucket:photos|false|false|false",
                "OWNER@bucket:films|false|false|false",
                "OWNER@bucket:photo|false|false|false",
                "OWNER@hub:photos|false|false|false",
                "VIEWER;OPERATOR@bucket:photos|true|true|false",
                "VIEWER@bucket:photos;OPERATOR@bucket:films|true|false|false"
            })
    void everyOperationAsksTheTable(String grants, boolean reads, boolean changes, boolean makesBuckets)
            throws Exception {
        hold(grants == null ? new String[0] : grants.split(";"));
        for (String request : READS) {
            assertEquals(!reads, refused(call(request)), request);
        }
        for (String request : CHANGES) {
            assertEquals(!changes, refused(call(request, "<Delete/>")), request);
        }
        for (String request : List.of("PUT /other", "DELETE /other", "DELETE /photos")) {
            assertEquals(!makesBuckets, refused(call(request)), request);
        }
    }

    @Test
    void everyRouteIsWalked() throws Exception {
        Router router = new Router(null);
        List<String> walked = new java.util.ArrayList<>(READS);
        walked.addAll(CHANGES);
        walked.addAll(List.of(
                "PUT /other",
                "DELETE /other",
                "GET /",
                "PUT /photos/x copy",
                "PUT /photos/x?partNumber=1&uploadId=u copy"));
        long names = walked.stream()
                .map(request -> {
                    try {
                        String[] parts = request.split(" ");
                        return router.find(parts[0], Target.parse(parts[1], "box", ""), parts.length > 2)
                                .name();
                    } catch (S3Exception none) {
                        throw new AssertionError(request, none);
                    }
                })
                .distinct()
                .count();
        assertEquals(router.size(), names);
    }

    @Test
    void aListOfBucketsHoldsThoseThatMayBeRead() throws Exception {
        hold("VIEWER@bucket:photos");
        String list = call("GET /").text();
        assertTrue(list.contains("<Name>photos</Name>"), list);
        assertFalse(list.contains("films"), list);
        hold("VIEWER");
        assertTrue(call("GET /").text().contains("films"));
        hold("VIEWER@bucket:none");
        assertEquals(200, call("GET /").status());
        for (String grant : new String[] {"LICENSE_ADMIN", "OWNER@hub:photos"}) {
            hold(grant);
            assertTrue(refused(call("GET /")), grant);
        }
    }

    @Test
    void aCopyReadsItsSourceAndChangesItsTarget() throws Exception {
        for (String target : new String[] {"/photos/copy", "/photos/copy?partNumber=1&uploadId=none"}) {
            hold("OPERATOR@bucket:photos");
            assertTrue(refused(copy(target, "/films/a")), target);
            assertTrue(refused(copy(target, "films/none")), target);
            hold("OPERATOR@bucket:photos", "VIEWER@bucket:films");
            assertFalse(refused(copy(target, "/films/a")), target);
            hold("VIEWER@bucket:photos", "OPERATOR@bucket:films");
            assertTrue(refused(copy(target, "/films/a")), target);
        }
    }

    private FakeExchange copy(String target, String source) throws Exception {
        FakeExchange exchange = new FakeExchange("PUT", target, "").with("x-amz-copy-source", source);
        handler.handle(exchange.signed());
        return exchange;
    }

    /** Some clients create the bucket before each upload and go on when they hear that it is theirs. */
    @Test
    void whoMayChangeABucketIsToldThatItExists() throws Exception {
        hold("OPERATOR@bucket:photos", "OPERATOR@bucket:planned");
        assertEquals("BucketAlreadyOwnedByYou", call("PUT /photos").element("Code"));
        assertTrue(refused(call("PUT /films")));
        assertTrue(refused(call("PUT /planned")));
    }

    @Test
    void aBucketThatIsNoneIsToldAsBefore() throws Exception {
        hold("OPERATOR@bucket:photos");
        assertEquals("InvalidBucketName", call("GET /No%2Ct").element("Code"));
        assertTrue(refused(call("GET /missing")));
        hold("VIEWER");
        assertEquals("NoSuchBucket", call("GET /missing").element("Code"));
    }

    @Test
    void aKeyWithoutGrantsHearsNothingOfWhatExists() throws Exception {
        hold();
        for (String request : new String[] {"GET /photos/a", "GET /photos/none", "GET /none/a", "DELETE /none/a"}) {
            assertEquals(403, call(request).status(), request);
        }
    }
}
