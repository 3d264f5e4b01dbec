// SPDX-License-Identifier: Apache-2.0
package org.solera.media.image.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.solera.platform.api.PlatformError;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.WorkerPool;

final class RetriedCallsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final AtomicLong now = new AtomicLong(77);
    private final Pool pool = new Pool(now);
    private final RetriedCalls calls = new RetriedCalls(pool, PATIENCE, LIMIT, now::get);

    /** What happens in one call: the caller queues, works, and the worker answers or fails. */
    private record Script(Duration queued, Duration work, PlatformError failure, boolean reached) {}

    private static final class Pool implements WorkerPool {
        private final Deque<Script> scripts = new ArrayDeque<>();
        private final List<Duration> patiences = new ArrayList<>();
        private final List<Duration> limits = new ArrayList<>();
        private final AtomicLong now;

        Pool(AtomicLong now) {
            this.now = now;
        }

        @Override
        public <R> R call(Duration patience, Duration limit, Exchange<R> exchange) throws SoleraException {
            patiences.add(patience);
            limits.add(limit);
            Script script = scripts.remove();
            now.addAndGet(script.queued().toNanos());
            try {
                R result = script.reached()
                        ? exchange.exchange(OutputStream.nullOutputStream(), InputStream.nullInputStream())
                        : null;
                now.addAndGet(script.work().toNanos());
                if (script.failure() == null) {
                    return result;
                }
            } catch (IOException broken) {
                throw new AssertionError(broken);
            }
            throw new SoleraException(script.failure(), "It failed " + limits.size() + " times.", "", null);
        }

        @Override
        public void close() {
            throw new AssertionError("the pool belongs to the component");
        }
    }

    private void next(int waitSeconds, int workSeconds, PlatformError failure) {
        pool.scripts.add(new Script(Duration.ofSeconds(waitSeconds), Duration.ofSeconds(workSeconds), failure, true));
    }

    private SoleraException failure() {
        return assertThrows(SoleraException.class, () -> calls.run((request, answer) -> "done"));
    }

    @Test
    void aCallThatSucceedsIsMadeOnce() throws Exception {
        next(0, 1, null);

        assertEquals("done", calls.run((request, answer) -> "done"));

        assertEquals(List.of(LIMIT), pool.limits);
        assertEquals(List.of(PATIENCE), pool.patiences);
    }

    @Test
    void aRequestWhoseWorkerDiedGoesToAnotherForWhatIsLeftOfItsLimit() throws Exception {
        next(5, 12, PlatformError.WORKER_UNAVAILABLE);
        next(0, 1, null);

        assertEquals("done", calls.run((request, answer) -> "done"));

        assertEquals(List.of(LIMIT, Duration.ofSeconds(18)), pool.limits, "waiting is not counted as work");
        assertEquals(List.of(PATIENCE, PATIENCE), pool.patiences);
    }

    @Test
    void aWorkerThatDoesNotStartIsTriedOnceMore() throws Exception {
        pool.scripts.add(new Script(Duration.ZERO, Duration.ZERO, PlatformError.WORKER_UNAVAILABLE, false));
        next(0, 1, null);

        assertEquals("done", calls.run((request, answer) -> "done"));
    }

    @Test
    void theSecondFailureIsTheAnswer() {
        next(0, 1, PlatformError.WORKER_UNAVAILABLE);
        next(0, 1, PlatformError.WORKER_UNAVAILABLE);

        assertEquals("It failed 2 times.", failure().getMessage());
        assertEquals(2, pool.limits.size());
    }

    @Test
    void aRequestThatExceededItsOwnLimitOrFoundNoRoomIsNotTriedAgain() {
        for (PlatformError error : List.of(PlatformError.WORKER_LIMIT, PlatformError.BUSY)) {
            pool.limits.clear();
            next(0, 1, error);

            assertSame(error, failure().code());
            assertEquals(1, pool.limits.size());
        }
    }

    @Test
    void aRequestWhoseLimitIsUsedUpIsNotTriedAgain() {
        next(0, 30, PlatformError.WORKER_UNAVAILABLE);

        assertSame(PlatformError.WORKER_UNAVAILABLE, failure().code());
        assertEquals(1, pool.limits.size());
    }
}
