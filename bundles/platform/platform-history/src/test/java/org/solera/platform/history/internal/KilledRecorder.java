// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.history.internal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.solera.platform.api.history.MetricHistory.Series;

/** A process that records until it is killed; each value is the number of its record. */
public final class KilledRecorder {
    private KilledRecorder() {}

    public static void main(String[] arguments) throws IOException {
        long start = Long.parseLong(arguments[1]);
        try (Shelves shelves = new Shelves(Path.of(arguments[0]))) {
            for (long number = 0; number < 1_000_000; number++) {
                Map<Series, Double> values = new HashMap<>();
                for (int i = 0; i < 120 + number % 50; i++) { // new series come while it runs
                    values.put(
                            new Series("n", Map.of("i", Integer.toString(i)), false), (double) (start + number * 15));
                }
                shelves.record(start + number * 15, number, values);
                System.out.println(start + number * 15);
            }
        }
    }
}
