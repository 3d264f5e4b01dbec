// SPDX-License-Identifier: Apache-2.0
package org.solera.itests;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.solera.bench.BenchContext;
import org.solera.bench.Options;
import org.solera.bench.Report;

/** Where the source tree is, and what the measurements of the product need when a test calls them. */
final class Workplace {
    private Workplace() {}

    /** {@return root of the source tree} */
    static Path repository() {
        return Path.of(System.getProperty("solera.root")).toAbsolutePath();
    }

    /** {@return a report that keeps what it is told} */
    static Report report(ByteArrayOutputStream text) {
        return new Report("itest", "test", false, new PrintStream(text, true, StandardCharsets.UTF_8));
    }

    /** {@return a context without options} */
    static BenchContext context(Path scratch, Report report) {
        return new BenchContext(repository(), scratch, Options.from(List.of()), report);
    }
}
