// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.operations.internal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.solera.platform.api.PlatformError;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.operations.Replies;
import org.solera.platform.api.spi.MetricSource;

/** Answers by idempotency key, in memory, oldest first out. Thread-safe. */
@Component(service = {Replies.class, MetricSource.class})
public final class RememberedReplies implements Replies, MetricSource {
    static final int MOST_KEYS = 10_000;
    static final long MOST_BYTES = 16L << 20;
    static final Duration KEPT = Duration.ofHours(24);
    private static final int LONGEST_KEY = 128;
    private static final int OVERHEAD_BYTES = 256;

    private record Key(String who, String key) {}

    /** @param reply null while the first request is under way */
    private record Entry(
            String fingerprint, Instant since, @Nullable Reply reply, Object claim) {
        long bytes() {
            if (reply == null) {
                return OVERHEAD_BYTES;
            }
            long headers = reply.headers().entrySet().stream()
                    .mapToLong(each ->
                            2L * (each.getKey().length() + each.getValue().length()))
                    .sum();
            return OVERHEAD_BYTES + headers + reply.body().length;
        }
    }

    private final Clock clock;
    private final Map<Key, Entry> entries = new LinkedHashMap<>(); // guarded by this; oldest first
    private long bytes; // guarded by this

    @Activate
    public RememberedReplies(@Reference Clock clock) {
        this.clock = clock;
    }

    @Override
    public Claim claim(String who, String key, String fingerprint) throws SoleraException {
        if (key.isEmpty() || key.length() > LONGEST_KEY || key.chars().anyMatch(c -> c <= ' ' || c > '~')) {
            throw new SoleraException(
                    PlatformError.INVALID_REQUEST,
                    "An idempotency key has 1 to 128 visible characters of ASCII.",
                    "Send a new random one with each new request.",
                    null);
        }
        Key place = new Key(who, key);
        synchronized (this) {
            forget(clock.instant().minus(KEPT));
            Entry known = entries.get(place);
            if (known == null) {
                return fresh(place, fingerprint);
            }
            if (!known.fingerprint().equals(fingerprint)) {
                throw new SoleraException(
                        PlatformError.CONFLICT,
                        "This idempotency key was used for another request.",
                        "Send a new key with each new request.",
                        null);
            }
            if (known.reply() == null) {
                throw new SoleraException(
                        PlatformError.CONFLICT,
                        "The same request is still under way.",
                        "Wait for its answer, then send it again.",
                        null);
            }
            return new Claim.Known(known.reply());
        }
    }

    private Claim.Fresh fresh(Key place, String fingerprint) {
        Object claim = new Object();
        put(place, new Entry(fingerprint, clock.instant(), null, claim));
        return new Claim.Fresh() {
            @Override
            public void answered(Reply reply) {
                answer(place, claim, reply);
            }

            @Override
            public void close() {
                release(place, claim);
            }
        };
    }

    private synchronized void answer(Key place, Object claim, Reply reply) {
        Entry entry = entries.get(place);
        if (entry != null && entry.claim() == claim && entry.reply() == null) {
            put(place, new Entry(entry.fingerprint(), entry.since(), reply, claim));
        }
    }

    private synchronized void release(Key place, Object claim) {
        Entry entry = entries.get(place);
        if (entry != null && entry.claim() == claim && entry.reply() == null) {
            remove(place);
        }
    }

    private synchronized void put(Key place, Entry entry) {
        Entry before = entries.put(place, entry); // keeps its place in the order of age
        bytes += entry.bytes() - (before == null ? 0 : before.bytes());
        while (entries.size() > MOST_KEYS || bytes > MOST_BYTES) {
            remove(entries.keySet().iterator().next());
        }
    }

    private synchronized void remove(Key place) {
        Entry gone = entries.remove(place);
        bytes -= gone == null ? 0 : gone.bytes();
    }

    private synchronized void forget(Instant before) {
        while (!entries.isEmpty()) {
            Map.Entry<Key, Entry> oldest = entries.entrySet().iterator().next();
            if (!oldest.getValue().since().isBefore(before)) {
                return;
            }
            remove(oldest.getKey());
        }
    }

    synchronized int keys() {
        return entries.size();
    }

    synchronized long bytes() {
        return bytes;
    }

    @Override
    public void collect(Sink sink) {
        sink.gauge("solera_platform_replies", "Answers remembered under an idempotency key", keys());
        sink.gauge("solera_platform_replies_bytes", "Memory of the answers remembered", bytes());
    }
}
