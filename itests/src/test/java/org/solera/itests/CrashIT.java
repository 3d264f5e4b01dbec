// SPDX-License-Identifier: Apache-2.0
package org.solera.itests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.solera.bench.kill.KillRun;

class CrashIT {
    private static final int ROUNDS = 2;
    private static final int PUTS = 40;

    @TempDir
    private Path folder;

    @Test
    void aKillWhileWritingLosesNothingAcknowledgedAndLeavesNoProcess() throws IOException, InterruptedException {
        KillRun.Outcome outcome = new KillRun(
                        Workplace.context(folder, Workplace.report(new ByteArrayOutputStream())), ROUNDS, PUTS)
                .run();
        assertEquals(List.of(), outcome.wrong());
        assertEquals(List.of(), outcome.left());
        assertTrue(outcome.acknowledged() > 0);
        assertTrue(outcome.cutOff() > 0, "no write was cut off: the kill came too late to show anything");
    }
}
