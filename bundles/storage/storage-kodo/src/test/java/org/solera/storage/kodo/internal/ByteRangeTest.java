// SPDX-License-Identifier: Apache-2.0
package org.solera.storage.kodo.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ByteRangeTest {
    @Test
    void readsSingleRanges() {
        assertEquals(Optional.of(new ByteRange(0, 10)), ByteRange.parse("bytes=0-9", 100));
        assertEquals(Optional.of(new ByteRange(90, 10)), ByteRange.parse("bytes=90-", 100));
        assertEquals(Optional.of(new ByteRange(90, 10)), ByteRange.parse("bytes=90-999999999999", 100));
        assertEquals(Optional.of(new ByteRange(95, 5)), ByteRange.parse("bytes=-5", 100));
        assertEquals(Optional.of(new ByteRange(0, 100)), ByteRange.parse("bytes=-500", 100));
    }

    @Test
    void marksRangesOutsideTheBodyAndLeavesOthersAlone() {
        assertEquals(0, ByteRange.parse("bytes=100-", 100).orElseThrow().length());
        assertEquals(0, ByteRange.parse("bytes=0-", 0).orElseThrow().length());
        assertEquals(0, ByteRange.parse("bytes=-0", 100).orElseThrow().length());
        assertEquals(Optional.empty(), ByteRange.parse("bytes=5-2", 100));
        assertEquals(Optional.empty(), ByteRange.parse("bytes=0-1,5-6", 100));
        assertEquals(Optional.empty(), ByteRange.parse("bytes=-", 100));
        assertEquals(Optional.empty(), ByteRange.parse("pages=1-2", 100));
    }
}
