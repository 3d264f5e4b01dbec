// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.security.internal;

import java.util.Set;
import org.solera.platform.api.spi.MetricSource;

/** Collects figures as {@code name label value=figure}. */
record FigureSet(Set<String> seen) implements MetricSource.Sink {
    @Override
    public void counter(String name, String help, double value, String... labels) {
        gauge(name, help, value, labels);
    }

    @Override
    public void gauge(String name, String help, double value, String... labels) {
        seen.add((name + " " + String.join(" ", labels)).strip() + "=" + value);
    }

    @Override
    public void histogram(String name, String help, double[] bounds, long[] counts, double sum, String... labels) {
        throw new UnsupportedOperationException(name);
    }
}
