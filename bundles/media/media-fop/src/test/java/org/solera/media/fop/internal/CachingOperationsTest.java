// SPDX-License-Identifier: Apache-2.0
package org.solera.media.fop.internal;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.lang.annotation.Annotation;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.solera.media.api.ImageFacts;
import org.solera.media.api.ImageProcessor;
import org.solera.media.api.ImageTransform;
import org.solera.media.api.MediaError;
import org.solera.media.api.MediaException;
import org.solera.media.api.MediaResult;
import org.solera.media.api.MediaSource;
import org.solera.platform.api.DrainingException;
import org.solera.platform.api.SoleraException;

final class CachingOperationsTest {
    @SuppressWarnings("all")
    private record Config(int cacheMiB, int sharedWaitSeconds) implements FopConfig {
        @Override
        public Class<? extends Annotation> annotationType() {
            return FopConfig.class;
        }
    }

    private record Source(String identity) implements MediaSource {
        @Override
        public long sizeBytes() {
            return identity.length();
        }

        @Override
        public InputStream open() {
            return new ByteArrayInputStream(identity.getBytes(StandardCharsets.UTF_8));
        }
    }

    /** Counts what it is asked and waits until it may answer. */
    private static class Processor implements ImageProcessor {
        final AtomicInteger calls = new AtomicInteger();
        final CountDownLatch go = new CountDownLatch(1);

        @Override
        public ImageFacts inspect(MediaSource source) {
            return new ImageFacts("jpeg", 3, 2, "ycbcr", 1, 6);
        }

        @Override
        public MediaResult transform(MediaSource source, ImageTransform step)
                throws SoleraException, InterruptedException {
            calls.incrementAndGet();
            go.await();
            return new MediaResult("image/webp", new byte[1000]);
        }
    }

    private final CachingOperations operations = new CachingOperations(null, "test", new Config(1, 30));

    @Test
    void doesEqualRequestsAtTheSameTimeOnceAndThenAnswersFromMemory() throws Exception {
        Processor processor = new Processor();
        operations.bindProcessor(processor, Map.of());
        ExecutorService callers = Executors.newFixedThreadPool(8);
        List<Future<MediaResult>> results = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            String spelling = i % 2 == 0 ? "imageView2/2/w/9/h/8" : "imageView2/2/h/8/w/9";
            results.add(callers.submit(() -> operations.run(new Source("a"), spelling)));
        }
        await().until(() -> operations.figures().coalesced() == 7);
        processor.go.countDown();
        MediaResult first = results.get(0).get();
        for (Future<MediaResult> each : results) {
            assertSame(first, each.get());
        }
        assertSame(first, operations.run(new Source("a"), "imageView2/2/w/9/h/8"));

        assertEquals(1, processor.calls.get());
        assertEquals(1, operations.figures().hits());
        operations.run(new Source("b"), "imageView2/2/w/9/h/8");
        assertEquals(2, processor.calls.get());
        callers.shutdown();
    }

    @Test
    void goesOnWithTheSuccessorOfAProcessorThatIsBeingReplaced() throws Exception {
        Processor leaving = new Processor() {
            @Override
            public MediaResult transform(MediaSource source, ImageTransform step) throws SoleraException {
                Processor next = new Processor();
                next.go.countDown();
                operations.bindProcessor(next, Map.of("service.bundleid", 9L));
                throw new DrainingException("Image processing");
            }
        };
        operations.bindProcessor(leaving, Map.of("service.bundleid", 1L));

        assertEquals(
                "image/webp",
                operations.run(new Source("a"), "imageView2/2/w/9").contentType());
    }

    @Test
    void givesAFailureToAllWhoWaitAndKeepsNothingOfIt() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        operations.bindProcessor(
                new Processor() {
                    @Override
                    public MediaResult transform(MediaSource source, ImageTransform step) throws SoleraException {
                        asked.incrementAndGet();
                        throw new MediaException(MediaError.CORRUPT_SOURCE, "It is damaged.", "", null);
                    }
                },
                Map.of());

        assertThrows(MediaException.class, () -> operations.run(new Source("a"), "imageView2/2/w/9"));
        assertThrows(MediaException.class, () -> operations.run(new Source("a"), "imageView2/2/w/9"));

        assertEquals(2, asked.get());
        assertEquals(2, operations.figures().failures());
    }

    @Test
    void describesAnImageAsKodoDoes() throws Exception {
        operations.bindProcessor(new Processor(), Map.of());

        assertEquals(
                "{\"size\":1,\"format\":\"jpeg\",\"width\":3,\"height\":2,\"colorModel\":\"ycbcr\","
                        + "\"orientation\":\"Right-top\"}",
                new String(operations.run(new Source("a"), "imageInfo").content(), StandardCharsets.UTF_8));
    }

    @Test
    void refusesWorkWhileItDrainsAndTakesItAgainAfterwards() throws Exception {
        operations.bindProcessor(new Processor(), Map.of());
        assertEquals(true, operations.drain(Duration.ZERO));
        assertThrows(DrainingException.class, () -> operations.run(new Source("a"), "imageInfo"));
        operations.resume();
        assertEquals(
                "application/json", operations.run(new Source("a"), "imageInfo").contentType());
    }

    @Test
    void keepsTheResultsUsedLastWithinItsBytes() {
        ResultCache cache = new ResultCache(10_000);
        MediaResult result = new MediaResult("image/png", new byte[1500]);
        for (int i = 0; i < 5; i++) {
            cache.add("k" + i, result);
            assertEquals(true, cache.find("k0").isPresent());
        }
        assertEquals(4, cache.size());
        assertEquals(false, cache.find("k1").isPresent());
        cache.add("large", new MediaResult("image/png", new byte[5000]));
        assertEquals(false, cache.find("large").isPresent());
        assertEquals(4 * 2012, cache.bytes());
    }
}
