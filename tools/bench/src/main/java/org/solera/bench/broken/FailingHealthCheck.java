// SPDX-License-Identifier: Apache-2.0
package org.solera.bench.broken;

import java.time.Duration;
import org.solera.platform.api.HealthReport;
import org.solera.platform.api.spi.HealthCheck;

/** Is well at first and unwell one second after it was made. Thread-safe. */
public final class FailingHealthCheck implements HealthCheck {
    private static final Duration WELL = Duration.ofSeconds(1);

    private final long madeNanos = System.nanoTime();

    /** Starts the second. */
    public FailingHealthCheck() {}

    @Override
    public String name() {
        return "bench.broken";
    }

    @Override
    public HealthReport check() {
        return System.nanoTime() - madeNanos < WELL.toNanos()
                ? HealthReport.up("")
                : HealthReport.down("This version is broken on purpose.", "Take it back.");
    }
}
