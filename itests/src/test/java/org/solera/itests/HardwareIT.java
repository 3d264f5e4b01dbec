// SPDX-License-Identifier: Apache-2.0
package org.solera.itests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.solera.bench.appliance.ApplianceBox;
import org.solera.bench.appliance.RecordedMachine;
import org.solera.bench.client.HttpReply;
import org.solera.bench.client.RestClient;
import org.solera.bench.job.GpuFeature;

class HardwareIT {
    @TempDir
    private Path folder;

    @Test
    void aFeatureThatNeedsAGpuIsRefusedInPlainWordsUntilThereIsOne() throws IOException, InterruptedException {
        RecordedMachine machine = new RecordedMachine(Workplace.repository(), folder.resolve("machine"));
        machine.become("vm-x86_64");
        try (ApplianceBox box =
                        ApplianceBox.boot(Workplace.repository(), folder.resolve("data"), machine.environment());
                RestClient rest = box.rest()) {
            GpuFeature feature = new GpuFeature(box);
            feature.offer();
            GpuFeature.Verdict refused = feature.verdict();
            String reason = refused.reason();
            assertFalse(refused.runnable(), refused.toString());
            assertTrue(reason.contains("GPU") && reason.contains("Vulkan"), reason);
            assertTrue(reason.contains("generic-x86_64"), reason);
            assertFalse(reason.contains("Exception") || reason.contains("filter:="), reason);

            machine.become("gpu-x86_64");
            HttpReply probed = rest.send("POST", "/hardware/probe", "application/json", new byte[0]);
            assertEquals(200, probed.status(), probed.text());
            assertEquals(new GpuFeature.Verdict(true, ""), feature.verdict());
            assertTrue(box.ready());
        }
    }
}
