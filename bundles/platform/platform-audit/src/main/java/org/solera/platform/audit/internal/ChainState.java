// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.audit.internal;

import java.util.ArrayList;
import java.util.List;

/**
 * The chain at one moment; all of it is on disk.
 *
 * @param segments all segments, oldest first; the last one grows
 * @param sequence last record
 * @param hash its hash
 */
record ChainState(List<Segment> segments, long sequence, String hash) {
    ChainState {
        segments = List.copyOf(segments);
    }

    Segment last() {
        return segments.get(segments.size() - 1);
    }

    long bytes() {
        return segments.stream().mapToLong(Segment::bytes).sum();
    }

    ChainState grown(Segment last, long newSequence, String newHash) {
        List<Segment> all = new ArrayList<>(segments);
        all.set(all.size() - 1, last);
        return new ChainState(all, newSequence, newHash);
    }

    ChainState rotated(Segment next) {
        List<Segment> all = new ArrayList<>(segments);
        all.add(next);
        return new ChainState(all, sequence, hash);
    }

    ChainState withoutOldest() {
        return new ChainState(segments.subList(1, segments.size()), sequence, hash);
    }
}
