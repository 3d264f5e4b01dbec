// SPDX-License-Identifier: Apache-2.0
package org.solera.itests;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.solera.bench.Report;
import org.solera.bench.Samples;
import org.solera.bench.appliance.ApplianceBox;
import org.solera.bench.job.MainJob;

@ExtendWith(SharedAppliance.class)
class MainJobIT {
    @TempDir
    private Path folder;

    @Test
    void storesReadsBackResizesAndExplainsARefusedFeature(ApplianceBox box) throws IOException, InterruptedException {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        Report report = Workplace.report(text);
        new MainJob(box, report).run(Samples.copyTo(folder.resolve("in")), folder);
        assertEquals(List.of(), report.missed(), () -> text.toString(StandardCharsets.UTF_8));
    }
}
