// SPDX-License-Identifier: Apache-2.0
package org.solera.itests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.solera.bench.appliance.ApplianceBox;
import org.solera.bench.appliance.RecordedMachine;
import org.solera.bench.client.HttpReply;
import org.solera.bench.client.RestClient;

class HardwareIT {
    private static final String NEEDS_A_GPU = "solera-render-gpu";

    @TempDir
    private Path folder;

    @Test
    void aFeatureThatNeedsAGpuIsRefusedInPlainWordsUntilThereIsOne() throws IOException, InterruptedException {
        RecordedMachine machine = new RecordedMachine(Workplace.repository(), folder.resolve("machine"));
        machine.become("vm-x86_64");
        try (ApplianceBox box =
                        ApplianceBox.boot(Workplace.repository(), folder.resolve("data"), machine.environment());
                RestClient rest = box.rest()) {
            JsonNode refused = rest.json("/hardware/features/" + NEEDS_A_GPU);
            String reason = refused.path("reason").asText();
            assertFalse(refused.path("runnable").asBoolean(), refused.toString());
            assertTrue(reason.contains("GPU") && reason.contains("Vulkan"), reason);
            assertTrue(reason.contains("generic-x86_64"), reason);
            assertFalse(reason.contains("Exception") || reason.contains("filter:="), reason);

            machine.become("gpu-x86_64");
            HttpReply probed = rest.send("POST", "/hardware/probe", "application/json", new byte[0]);
            assertEquals(200, probed.status(), probed.text());
            JsonNode accepted = rest.json("/hardware/features/" + NEEDS_A_GPU);
            assertTrue(accepted.path("runnable").asBoolean(), accepted.toString());
            assertEquals("", accepted.path("reason").asText());
            assertTrue(box.ready());
        }
    }
}
