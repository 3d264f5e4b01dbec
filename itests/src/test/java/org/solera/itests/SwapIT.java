// SPDX-License-Identifier: Apache-2.0
package org.solera.itests;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.solera.bench.Report;
import org.solera.bench.swap.SwapRun;
import org.solera.bench.swap.SwapSettings;

class SwapIT {
    /** With a few hundred requests this quantile is the slowest request alone, for which there is another bound. */
    private static final String NEEDS_MANY_REQUESTS = "added_latency_p999";

    @TempDir
    private Path folder;

    @Test
    void bundlesAreReplacedUnderLoadWithoutALostRequestAndStayReplaced() throws IOException, InterruptedException {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        Report report = Workplace.report(text);
        SwapSettings settings = new SwapSettings(
                List.of("storage-s3", "storage-engine", "storage-rest"),
                1,
                8,
                Duration.ofSeconds(5),
                Duration.ofSeconds(5),
                false);
        new SwapRun(Workplace.repository(), folder, report, settings).run();
        List<String> missed = report.missed().stream()
                .filter(figure -> !figure.equals(NEEDS_MANY_REQUESTS))
                .toList();
        assertEquals(List.of(), missed, () -> text.toString(StandardCharsets.UTF_8));
    }
}
