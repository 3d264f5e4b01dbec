// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.worker.internal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.solera.platform.api.spi.MetricSource;

/** Keeps what a metric source says. */
final class RecordingSink implements MetricSource.Sink {
    private final Map<String, List<Double>> values = new HashMap<>();

    List<Double> values(String name) {
        return values.getOrDefault(name, List.of());
    }

    private void add(String name, double value) {
        values.computeIfAbsent(name, key -> new ArrayList<>()).add(value);
    }

    @Override
    public void counter(String name, String help, double value, String... labels) {
        add(name, value);
    }

    @Override
    public void gauge(String name, String help, double value, String... labels) {
        add(name, value);
    }

    @Override
    public void histogram(String name, String help, double[] bounds, long[] counts, double sum, String... labels) {
        add(name, Arrays.stream(counts).sum());
    }
}
