// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.rest.internal;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps connections to the servlet container for the next requests: at most {@value #MOST_IDLE} idle ones, each for 4 s,
 * which is much less than the container keeps them, so that it does not close one just when it is used. Thread-safe.
 */
final class UpstreamPool implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(UpstreamPool.class);
    private static final int MOST_IDLE = 64;
    private static final long KEPT_NANOS = Duration.ofSeconds(4).toNanos();

    private record Idle(Upstream upstream, long sinceNanos) {}

    private final InetSocketAddress container;
    private final Duration silence;
    private final Deque<Idle> idle = new ArrayDeque<>(); // guarded by this; the one used last comes first
    private boolean closed; // guarded by this

    /** @param silence the longest time that the container may say nothing */
    UpstreamPool(InetSocketAddress container, Duration silence) {
        this.container = container;
        this.silence = silence;
    }

    InetSocketAddress container() {
        return container;
    }

    /** {@return a connection that is open still, a new one if need be; give it back by {@link #release}} */
    Upstream take() throws IOException {
        for (Upstream kept = kept(); kept != null; kept = kept()) {
            if (kept.prepare(silence)) {
                return kept;
            }
            discard(kept);
        }
        return fresh();
    }

    /** {@return a new connection} */
    Upstream fresh() throws IOException {
        return new Upstream(container, silence);
    }

    private synchronized @Nullable Upstream kept() {
        Idle last = idle.pollFirst();
        return last == null ? null : last.upstream();
    }

    /** Keeps the connection if it can serve another request, else closes it. */
    void release(Upstream upstream) {
        List<Idle> old;
        boolean kept;
        synchronized (this) {
            long now = System.nanoTime();
            old = idle.stream()
                    .filter(each -> now - each.sinceNanos() > KEPT_NANOS)
                    .toList();
            idle.removeAll(old);
            kept = !closed && idle.size() < MOST_IDLE && upstream.reusable();
            if (kept) {
                idle.addFirst(new Idle(upstream, now));
            }
        }
        old.forEach(each -> discard(each.upstream()));
        if (!kept) {
            discard(upstream);
        }
    }

    private static void discard(Upstream upstream) {
        try {
            upstream.close();
        } catch (IOException failed) {
            log.debug("A connection to the servlet container did not close well.", failed);
        }
    }

    @Override
    public void close() {
        List<Idle> all;
        synchronized (this) {
            closed = true;
            all = List.copyOf(idle);
            idle.clear();
        }
        all.forEach(each -> discard(each.upstream()));
    }
}
