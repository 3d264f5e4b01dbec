// SPDX-License-Identifier: Apache-2.0
package org.solera.media.fop.internal;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.solera.media.api.MediaResult;

/** Results in memory, up to a number of bytes; the ones not used for the longest time go first. Thread-safe. */
final class ResultCache {
    /** What an entry costs beside its content: key, objects and table. */
    private static final int OVERHEAD_BYTES = 512;

    private final long capacityBytes;
    private final Map<String, MediaResult> results = new LinkedHashMap<>(16, 0.75f, true); // guarded by this
    private long bytes; // guarded by this

    ResultCache(long capacityBytes) {
        this.capacityBytes = capacityBytes;
    }

    synchronized Optional<MediaResult> find(String key) {
        return Optional.ofNullable(results.get(key));
    }

    /** Keeps a result, unless it would take more than a quarter of the cache. */
    synchronized void add(String key, MediaResult result) {
        if (cost(result) > capacityBytes / 4) {
            return;
        }
        MediaResult former = results.put(key, result);
        bytes += cost(result) - (former == null ? 0 : cost(former));
        Iterator<MediaResult> oldest = results.values().iterator();
        while (bytes > capacityBytes) {
            bytes -= cost(oldest.next());
            oldest.remove();
        }
    }

    private static long cost(MediaResult result) {
        return result.content().length + (long) OVERHEAD_BYTES;
    }

    synchronized int size() {
        return results.size();
    }

    synchronized long bytes() {
        return bytes;
    }
}
