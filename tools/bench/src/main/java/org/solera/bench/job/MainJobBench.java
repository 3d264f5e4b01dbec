// SPDX-License-Identifier: Apache-2.0
package org.solera.bench.job;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.solera.bench.BenchContext;
import org.solera.bench.Benchmark;
import org.solera.bench.appliance.ApplianceBox;

/** The main job of the product on real files. */
public final class MainJobBench implements Benchmark {
    @Override
    public String name() {
        return "main-job";
    }

    @Override
    public String summary() {
        return "store, read back, resize, show the hardware and a refused feature  [FILE ...]";
    }

    @Override
    public void run(BenchContext context) throws IOException, InterruptedException {
        List<Path> files = InputFiles.choose(context);
        try (ApplianceBox box =
                ApplianceBox.boot(context.repository(), context.scratch().resolve("data"))) {
            new MainJob(box, context.report()).run(files, context.scratch());
        }
    }
}
