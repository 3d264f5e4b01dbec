// SPDX-License-Identifier: Apache-2.0
package org.solera.bench.kill;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was asked to be written and what was acknowledged, per object in the order of the requests. After a crash an
 * object must hold the value acknowledged last or one attempted after it. Thread-safe as long as one thread writes each
 * key.
 */
final class WriteJournal {
    private static final class Entry {
        private @Nullable String acknowledged;
        private final List<String> attempted = new ArrayList<>();
    }

    private final Map<String, Entry> entries = new LinkedHashMap<>();

    /** Notes that a value is being sent. */
    synchronized void attempt(String key, String hash) {
        entries.computeIfAbsent(key, k -> new Entry()).attempted.add(hash);
    }

    /** Notes that the value sent last was acknowledged. */
    synchronized void acknowledge(String key, String hash) {
        Entry entry = entries.computeIfAbsent(key, k -> new Entry());
        entry.acknowledged = hash;
        entry.attempted.clear();
    }

    /** {@return all keys that were ever attempted} */
    synchronized List<String> keys() {
        return List.copyOf(entries.keySet());
    }

    /** {@return how many objects have an acknowledged value} */
    synchronized int acknowledgedObjects() {
        return (int)
                entries.values().stream().filter(e -> e.acknowledged != null).count();
    }

    /**
     * {@return whether an object may hold this after a crash}
     *
     * @param hash hash of what it holds, empty when it does not exist
     */
    synchronized boolean allows(String key, String hash) {
        Entry entry = entries.get(key);
        if (entry == null) {
            return hash.isEmpty();
        }
        if (hash.isEmpty()) {
            return entry.acknowledged == null;
        }
        return hash.equals(entry.acknowledged) || entry.attempted.contains(hash);
    }

    /** Takes what was found after a crash as the value from now on, so that it may not change again by itself. */
    synchronized void settle(String key, String hash) {
        Entry entry = entries.computeIfAbsent(key, k -> new Entry());
        entry.acknowledged = hash.isEmpty() ? null : hash;
        entry.attempted.clear();
    }
}
