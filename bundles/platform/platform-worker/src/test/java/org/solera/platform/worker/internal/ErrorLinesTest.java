// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.worker.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class ErrorLinesTest {
    @Test
    void logsABoundedNumberOfLinesInEachWindow() {
        AtomicLong now = new AtomicLong();
        ErrorLines lines = new ErrorLines("test", now::get);
        for (int i = 0; i < ErrorLines.LINES; i++) {
            assertTrue(lines.add(1, "line " + i));
        }
        assertFalse(lines.add(1, "one too many"));
        assertEquals(1, lines.dropped());

        now.addAndGet(11_000_000_000L);

        assertTrue(lines.add(1, "a new window"));
    }
}
