// SPDX-License-Identifier: Apache-2.0
package org.solera.storage.kodo.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.lang.annotation.Annotation;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.solera.media.api.MediaError;
import org.solera.media.api.MediaException;
import org.solera.media.api.MediaFigures;
import org.solera.media.api.MediaOperations;
import org.solera.media.api.MediaResult;
import org.solera.media.api.MediaSource;
import org.solera.platform.api.AccessKey;
import org.solera.platform.api.AccessKeys;
import org.solera.platform.api.DrainingException;
import org.solera.platform.api.Identity;
import org.solera.platform.api.Role;
import org.solera.platform.api.SoleraException;
import org.solera.storage.api.StorageError;
import org.solera.storage.api.StorageException;

final class DownloadHandlerTest {
    private static final long NOW = 2000;
    private static final String BODY = "0123456789";

    private record Settings(String... publicBuckets) implements KodoConfig {
        @Override
        public Class<? extends Annotation> annotationType() {
            return KodoConfig.class;
        }
    }

    /** Answers every operation with its own text and that of the object. */
    private static final class FakeMedia implements MediaOperations {
        private final Deque<SoleraException> failures = new ArrayDeque<>();
        private int runs;

        @Override
        public boolean recognises(String query) {
            throw new AssertionError("not asked");
        }

        @Override
        public MediaResult run(MediaSource source, String operations) throws SoleraException {
            runs++;
            if (!failures.isEmpty()) {
                throw failures.remove();
            }
            try (InputStream in = source.open()) {
                String text = operations + " of " + new String(in.readAllBytes(), StandardCharsets.UTF_8);
                return new MediaResult("image/webp", text.getBytes(StandardCharsets.UTF_8));
            } catch (IOException failure) {
                throw new AssertionError(failure);
            }
        }

        @Override
        public List<Grammar> grammar() {
            return List.of();
        }

        @Override
        public MediaFigures figures() {
            throw new AssertionError("not asked");
        }
    }

    private final FakeStore store = new FakeStore();
    private final FakeMedia media = new FakeMedia();
    private final DownloadHandler handler = new DownloadHandler(
            "1", Clock.fixed(Instant.ofEpochSecond(NOW), ZoneOffset.UTC), new Settings("open-bucket"));

    @BeforeEach
    void bind() throws Exception {
        store.put("open-bucket", "a/b.txt", BODY, Map.of("cache-control", "max-age=60"));
        store.put("closed", "c d.txt", "secret", Map.of());
        handler.bindStore(store.service(), Map.of());
        handler.bindMedia(media, Map.of());
        AccessKeys keys = id -> id.equals("AK")
                ? Optional.of(new AccessKey("AK", "SK", Identity.of("someone", Set.of(Role.VIEWER))))
                : Optional.empty();
        handler.bindKeys(keys, Map.of());
    }

    @AfterEach
    void everyReaderIsClosed() {
        assertEquals(0, store.openReaders());
    }

    private FakeExchange serve(FakeExchange exchange) throws Exception {
        handler.handle(exchange);
        assertTrue(exchange.ended(), "the answer was ended");
        return exchange;
    }

    private FakeExchange serve(String target) throws Exception {
        return serve(FakeExchange.get(target));
    }

    private static String signed(String target) {
        byte[] mac = SignedAddress.sign("SK", "http://" + FakeExchange.HOST + target);
        return target + "&token=AK:" + Base64.getUrlEncoder().encodeToString(mac);
    }

    private static void assertRefused(int status, String code, FakeExchange exchange) {
        assertEquals(status, exchange.status(), exchange.text());
        assertEquals("application/json", exchange.header("Content-Type"));
        assertTrue(
                exchange.text().matches("\\{\"error\":\"[^\"]+\\.\",\"code\":\"" + code + "\",\"next\":\"[^\"]+\\.\"}"),
                exchange.text());
    }

    @Test
    void sendsAnObjectOfAPublicBucketWithWhatItsWriterSaid() throws Exception {
        FakeExchange got = serve("/open-bucket/a/b.txt?attname=x%20y.txt");

        assertEquals(200, got.status());
        assertEquals(BODY, got.text());
        assertEquals("10", got.header("Content-Length"));
        assertEquals("text/plain", got.header("Content-Type"));
        assertEquals("max-age=60", got.header("Cache-Control"));
        assertEquals("\"abc123\"", got.header("ETag"));
        assertEquals("Sun, 1 Mar 2026 10:20:30 GMT", got.header("Last-Modified"));
        assertEquals("bytes", got.header("Accept-Ranges"));
        assertEquals("nosniff", got.header("X-Content-Type-Options"));
        assertEquals("attachment; filename*=UTF-8''x%20y.txt", got.header("Content-Disposition"));
    }

    @Test
    void servesAPrivateBucketToSignedAddressesOnly() throws Exception {
        String target = "/closed/c%20d.txt?e=" + NOW;
        assertEquals("secret", serve(signed(target)).text());

        assertRefused(401, "UNAUTHENTICATED", serve("/closed/c%20d.txt"));
        assertRefused(401, "UNAUTHENTICATED", serve(target));
        assertRefused(401, "UNAUTHENTICATED", serve(signed("/closed/c%20d.txt?e=" + (NOW - 1))));
        assertRefused(401, "UNAUTHENTICATED", serve(signed("/closed/c%20d.txt?x=1")));
        assertRefused(401, "UNAUTHENTICATED", serve(signed(target).replace("AK:", "AK:AAAA")));
        assertRefused(401, "UNAUTHENTICATED", serve(signed(target).replace("AK:", "BK:")));
        assertRefused(401, "UNAUTHENTICATED", serve(signed(target).replace("c%20d", "c%20e")));
        assertRefused(
                401, "UNAUTHENTICATED", serve(FakeExchange.get(signed(target)).with("Host", "other:9101")));
    }

    @Test
    void tellsWhoHasNoTokenNothingAboutKeys() throws Exception {
        assertEquals(
                serve("/closed/c%20d.txt").text(),
                serve("/closed/not-there.txt").text());
        assertEquals(0, store.calls());
    }

    @Test
    void theSignatureCoversTheOperations() throws Exception {
        String target = "/closed/c%20d.txt?imageView2/2/w/40%7CimageInfo&e=3000";
        FakeExchange got = serve(signed(target));
        assertEquals("imageView2/2/w/40|imageInfo of secret", got.text());
        assertEquals("image/webp", got.header("Content-Type"));

        assertRefused(401, "UNAUTHENTICATED", serve(signed(target).replace("w/40", "w/41")));
        assertRefused(
                401, "UNAUTHENTICATED", serve(signed("/closed/c%20d.txt?e=3000").replace("?", "?imageInfo&")));
        assertEquals(1, media.runs);
    }

    @Test
    void answersHeadWithTheHeadOfGet() throws Exception {
        FakeExchange head = serve(new FakeExchange("HEAD", "/open-bucket/a/b.txt"));
        assertEquals(200, head.status());
        assertEquals("10", head.header("Content-Length"));
        assertEquals("\"abc123\"", head.header("ETag"));
        assertEquals("", head.text());
    }

    @Test
    void sendsTheRangeThatWasAskedFor() throws Exception {
        FakeExchange middle = serve(FakeExchange.get("/open-bucket/a/b.txt").with("Range", "bytes=2-4"));
        assertEquals(206, middle.status());
        assertEquals("234", middle.text());
        assertEquals("3", middle.header("Content-Length"));
        assertEquals("bytes 2-4/10", middle.header("Content-Range"));

        assertEquals(
                "789",
                serve(FakeExchange.get("/open-bucket/a/b.txt").with("Range", "bytes=-3"))
                        .text());
        assertEquals(
                "89",
                serve(FakeExchange.get("/open-bucket/a/b.txt").with("Range", "bytes=8-99"))
                        .text());

        FakeExchange result =
                serve(FakeExchange.get("/open-bucket/a/b.txt?imageInfo").with("Range", "bytes=0-8"));
        assertEquals(206, result.status());
        assertEquals("imageInfo", result.text());
    }

    @Test
    void ignoresARangeOfAnOlderObject() throws Exception {
        FakeExchange whole = serve(FakeExchange.get("/open-bucket/a/b.txt")
                .with("Range", "bytes=2-4")
                .with("If-Range", "\"older\""));
        assertEquals(200, whole.status());
        assertEquals(BODY, whole.text());
    }

    @Test
    void refusesARangeOutsideTheBody() throws Exception {
        FakeExchange refused = serve(FakeExchange.get("/open-bucket/a/b.txt").with("Range", "bytes=10-"));
        assertRefused(416, "INVALID_RANGE", refused);
        assertEquals("bytes */10", refused.header("Content-Range"));
    }

    @Test
    void saysThatNothingChanged() throws Exception {
        for (String tags : List.of("\"abc123\"", "W/\"abc123\"", "\"x\", \"abc123\"", "*")) {
            FakeExchange same = serve(FakeExchange.get("/open-bucket/a/b.txt").with("If-None-Match", tags));
            assertEquals(304, same.status(), tags);
            assertEquals("", same.text());
            assertEquals("\"abc123\"", same.header("ETag"));
        }
        String date = "Sun, 1 Mar 2026 10:20:30 GMT";
        assertEquals(
                304,
                serve(FakeExchange.get("/open-bucket/a/b.txt").with("If-Modified-Since", date))
                        .status());
        assertEquals(
                200,
                serve(FakeExchange.get("/open-bucket/a/b.txt")
                                .with("If-None-Match", "\"x\"")
                                .with("If-Modified-Since", date))
                        .status(),
                "the entity tag decides");
    }

    @Test
    void aResultHasATagOfItsOwn() throws Exception {
        String tag = serve("/open-bucket/a/b.txt?imageInfo").header("ETag");
        assertFalse(tag.contains("abc123"));
        assertEquals(
                304,
                serve(FakeExchange.get("/open-bucket/a/b.txt?imageInfo").with("If-None-Match", tag))
                        .status());
    }

    @Test
    void saysWhatIsWrong() throws Exception {
        assertRefused(404, "NO_SUCH_KEY", serve("/open-bucket/nothing"));
        assertRefused(404, "NO_SUCH_KEY", serve("/open-bucket/nothing?imageInfo"));
        assertRefused(400, "INVALID_REQUEST", serve("/open-bucket/%zz"));

        FakeExchange put = serve(new FakeExchange("PUT", "/open-bucket/a/b.txt"));
        assertRefused(405, "METHOD_NOT_ALLOWED", put);
        assertEquals("GET, HEAD", put.header("Allow"));
    }

    @Test
    void passesOnWhatMediaProcessingRefuses() throws Exception {
        Map<MediaError, Integer> statuses = Map.of(
                MediaError.INVALID_OPERATION, 400,
                MediaError.UNSUPPORTED_OPERATION, 400,
                MediaError.TOO_LARGE, 413,
                MediaError.UNSUPPORTED_FORMAT, 415,
                MediaError.CORRUPT_SOURCE, 422,
                MediaError.LIMIT_EXCEEDED, 504,
                MediaError.BUSY, 503,
                MediaError.PROCESSOR_UNAVAILABLE, 503);
        assertEquals(Set.of(MediaError.values()), statuses.keySet(), "every error has a status");
        for (Map.Entry<MediaError, Integer> each : statuses.entrySet()) {
            media.failures.add(new MediaException(each.getKey(), "It does not go.", "Do it otherwise.", null));
            FakeExchange refused = serve("/open-bucket/a/b.txt?imageView2/9");
            assertRefused(each.getValue(), each.getKey().name(), refused);
            assertEquals(each.getValue() == 503 ? "1" : "null", refused.header("Retry-After"));
        }
    }

    @Test
    void triesTheNextVersionOfAServiceThatIsBeingReplaced() throws Exception {
        store.drainFor(1);
        assertEquals(BODY, serve("/open-bucket/a/b.txt").text());
        assertEquals(2, store.calls());

        media.failures.add(new DrainingException("Media processing"));
        assertEquals(
                "imageInfo of " + BODY, serve("/open-bucket/a/b.txt?imageInfo").text());
        assertEquals(2, media.runs);
    }

    @Test
    void givesUpOnAServiceThatStaysAway() throws Exception {
        store.drainFor(Integer.MAX_VALUE);
        FakeExchange refused = serve("/open-bucket/a/b.txt");
        assertRefused(503, "DRAINING", refused);
        assertEquals("1", refused.header("Retry-After"));
        assertTrue(store.calls() <= 3, "tries are bounded");
    }

    @Test
    void anObjectThatWasReplacedMeanwhileIsLookedUpAgain() throws Exception {
        media.failures.add(new StorageException(StorageError.PRECONDITION_FAILED, "It was replaced.", "Try again."));
        assertEquals(
                "imageInfo of " + BODY, serve("/open-bucket/a/b.txt?imageInfo").text());
    }

    @Test
    void damageIsAnErrorBeforeAnythingIsSent() throws Exception {
        store.damage();
        assertRefused(503, "UNREADABLE", serve("/open-bucket/a/b.txt"));
    }

    @Test
    void anAnswerThatHasBegunIsCutRatherThanEndedShort() throws Exception {
        FakeStore lying = new FakeStore().put("open-bucket", "short", BODY, Map.of());
        lying.truncateReads();
        handler.bindStore(lying.service(), Map.of("service.ranking", 9));

        FakeExchange cut = FakeExchange.get("/open-bucket/short");
        assertThrows(IOException.class, () -> handler.handle(cut));

        assertEquals(200, cut.status());
        assertFalse(cut.ended());
        assertEquals(0, lying.openReaders());
    }

    @Test
    void wordsTheErrorsOfThePortAsItsOwn() {
        var page = handler.render(431, "HEADER_TOO_LARGE", "The head of the request is too large.", "request-1");
        assertEquals("application/json", page.contentType());
        assertTrue(page.body().startsWith("{\"error\":\"The head of the request is too large.\",\"code\":\"HEADER_"));
    }
}
