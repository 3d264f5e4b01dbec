// SPDX-License-Identifier: Apache-2.0
package org.solera.itests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.solera.bench.Samples;
import org.solera.bench.appliance.ApplianceBox;
import org.solera.bench.hostile.HostileRun;

@ExtendWith(SharedAppliance.class)
class HostileIT {
    @Test
    void everyMalformedRequestGetsAClearErrorAndTheApplianceStaysReady(ApplianceBox box)
            throws IOException, InterruptedException {
        HostileRun.Outcome outcome = new HostileRun(box, Samples.photo()).run();
        assertEquals("", String.join("\n", outcome.wrong()));
        assertEquals(0, outcome.notReady());
        assertEquals(3, outcome.sent().size());
        outcome.sent().forEach((edge, count) -> assertTrue(count >= 20, edge + " " + count));
    }
}
