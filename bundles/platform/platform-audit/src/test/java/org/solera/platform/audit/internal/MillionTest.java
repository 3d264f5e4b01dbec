// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.audit.internal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.solera.platform.api.audit.AuditVerdict;

/** A chain of a million records, checked by a process with a small heap. */
class MillionTest {
    private static final int RECORDS = 1_000_000;

    @TempDir
    Path folder;

    /** Checks the chain in the folder {@code arguments[0]}. */
    public static void main(String[] arguments) throws Exception {
        try (Box box = new Box(Path.of(arguments[0]))) {
            box.segmentBytes = OpenChain.SEGMENT_BYTES;
            long begun = System.nanoTime();
            box.start();
            long opened = System.nanoTime();
            AuditVerdict verdict = box.audit.verify();
            long checked = System.nanoTime();
            System.out.printf(
                    "%s %d opened in %d ms, checked in %d ms%n",
                    verdict.whole(),
                    verdict.records(),
                    Duration.ofNanos(opened - begun).toMillis(),
                    Duration.ofNanos(checked - opened).toMillis());
        }
    }

    @Test
    void aMillionRecordsAreCheckedWithASmallHeap() throws Exception {
        Bulk.fill(folder, RECORDS, OpenChain.SEGMENT_BYTES);
        Process process = KillTest.child("-Xmx24m", MillionTest.class, folder.toString());
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertTrue(process.waitFor(60, TimeUnit.SECONDS));
        assertEquals(0, process.exitValue(), output);
        assertTrue(output.startsWith("true 1,000,000 ".replace(",", "")), output);
        System.out.println(output);
    }
}
