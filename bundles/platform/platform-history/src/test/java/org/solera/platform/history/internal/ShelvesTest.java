// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.history.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.solera.platform.api.history.MetricHistory.Aggregate;
import org.solera.platform.api.history.MetricHistory.Series;

class ShelvesTest {
    private static final long START = 1_800_000_000L / 600 * 600;
    private static final long MINUTES = TimeUnit.MINUTES.toNanos(1);
    private static final Series A = new Series("a_total", Map.of("port", "s3 \"x\"=&%\n", "z", ""), true);
    private static final Series B = new Series("b", Map.of(), false);

    @TempDir
    Path folder;

    private static double[] rows(Shelves shelves, Series series, Resolution resolution, Aggregate aggregate) {
        return shelves.read(series.metric(), resolution, aggregate, 0, Long.MAX_VALUE)
                .get(series)
                .values();
    }

    private static double last(Shelves shelves, Series series) {
        double[] rows = rows(shelves, series, Resolution.FINE, Aggregate.AVERAGE);
        return rows.length == 0 ? Double.NaN : rows[rows.length - 1];
    }

    private static void record(Shelves shelves, long from, int records, Map<Series, Double> values) {
        for (int i = 0; i < records; i++) {
            shelves.record(from + i * 15L, i, values);
            assertEquals("", shelves.trouble());
        }
    }

    private static Map<Series, Double> many(int count) {
        Map<Series, Double> values = new HashMap<>();
        for (int i = 0; i < count; i++) {
            values.put(new Series("many", Map.of("n", Integer.toString(i)), false), (double) i);
        }
        return values;
    }

    private long bytes() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(file -> {
                        try {
                            return Files.size(file);
                        } catch (IOException failure) {
                            throw new UncheckedIOException(failure);
                        }
                    })
                    .sum();
        }
    }

    @Test
    void keepsAveragesAndHighestValuesOverAReopening() throws IOException {
        try (Shelves shelves = new Shelves(folder)) {
            for (int i = 0; i < 400; i++) {
                shelves.record(START + i * 15L, i, Map.of(A, (double) (i % 4), B, 5.0));
            }
        }
        try (Shelves shelves = new Shelves(folder)) {
            assertEquals(Set.of(A, B), Set.copyOf(shelves.series()));
            double[] minutes = rows(shelves, A, Resolution.MEDIUM, Aggregate.AVERAGE);
            double[] highest = rows(shelves, A, Resolution.MEDIUM, Aggregate.MAXIMUM);
            assertEquals(1.5, minutes[minutes.length - 1]);
            assertEquals(3, highest[highest.length - 1]);
            assertEquals(5, last(shelves, B));
            double[] coarse = rows(shelves, B, Resolution.COARSE, Aggregate.AVERAGE);
            assertEquals(5, coarse[coarse.length - 1]);
        }
    }

    @Test
    void refusesSeriesBeyondTheBoundAndTakesNoMoreSpaceThanItSays() throws IOException {
        try (Shelves shelves = new Shelves(folder)) {
            shelves.record(START, 0, many(1_200));
            assertEquals(1_000, shelves.series().size());
            assertEquals(200, shelves.refused());
            long full = bytes();
            assertTrue(full < 130_000_000, full + " bytes");
            record(shelves, START + 15, 50, many(1_200));
            assertEquals(full, bytes(), "all space is taken at the beginning");
        }
    }

    @Test
    void recordsTwoTicksOfOneStepOnce() throws IOException {
        try (Shelves shelves = new Shelves(folder)) {
            record(shelves, START, 3, Map.of(B, 1.0));
            shelves.record(START + 30, 3, Map.of(B, 9.0));
            assertEquals("", shelves.trouble());
            assertEquals(1, last(shelves, B));
        }
    }

    @Test
    void putsADamagedFileAsideAndBeginsAnew() throws IOException {
        for (int round = 0; round < 4; round++) {
            try (Shelves shelves = new Shelves(folder)) {
                record(shelves, START + round * 900L, 3, Map.of(B, 2.0));
            }
            Path shelf = folder.resolve("shelf-00.rrd");
            switch (round) {
                case 0 -> Files.write(shelf, new byte[100_000]);
                case 1 -> Files.write(shelf, new byte[0]);
                case 2 -> Files.writeString(shelf, "RRD4J, but not really");
                default -> {
                    try (var file = Files.newByteChannel(shelf, StandardOpenOption.WRITE)) {
                        file.truncate(Files.size(shelf) / 2);
                    }
                }
            }
            try (Shelves shelves = new Shelves(folder)) {
                record(shelves, START + round * 900L + 450, 3, Map.of(B, 4.0));
                assertEquals(4, last(shelves, B), "round " + round);
            }
            assertTrue(Files.exists(folder.resolve("shelf-00.rrd.damaged")), "round " + round);
        }
    }

    @Test
    void beginsAnewWhenTheCatalogueIsDamaged() throws IOException {
        try (Shelves shelves = new Shelves(folder)) {
            record(shelves, START, 3, Map.of(A, 1.0, B, 2.0));
        }
        Path catalog = folder.resolve("catalog");
        Files.writeString(catalog, Files.readString(catalog).replace("0 ", "7 "));
        try (Shelves shelves = new Shelves(folder)) {
            assertEquals(0, shelves.series().size());
            record(shelves, START + 60, 3, Map.of(B, 6.0));
            assertEquals(6, last(shelves, B));
        }
        assertTrue(Files.exists(folder.resolve("catalog.damaged")));
    }

    @Test
    void waitsForAClockThatIsWrongAndBelievesOneThatStays() throws IOException {
        try (Shelves shelves = new Shelves(folder)) {
            record(shelves, START, 10, Map.of(B, 1.0));
            shelves.record(START - 86_400, 1, Map.of(B, 2.0));
            assertTrue(shelves.trouble().contains("behind"), shelves.trouble());
            record(shelves, START + 150, 2, Map.of(B, 3.0));
            assertEquals(3, last(shelves, B), "the clock was set right and nothing was lost");
            double[] rows = rows(shelves, B, Resolution.FINE, Aggregate.AVERAGE);
            assertEquals(1, rows[rows.length - 5]);

            shelves.record(START - 86_400, 10, Map.of(B, 4.0));
            shelves.record(START - 86_385, 10 + 31 * MINUTES, Map.of(B, 4.0));
            assertFalse(Files.notExists(folder.resolve("shelf-00.rrd.damaged")));
            record(shelves, START - 86_370, 3, Map.of(B, 5.0));
            assertEquals(5, last(shelves, B));
        }
    }

    @Test
    void waitsForAClockThatLeapsFarAhead() throws IOException {
        long year = 366 * 86_400L;
        try (Shelves shelves = new Shelves(folder)) {
            record(shelves, START, 10, Map.of(B, 1.0));
            shelves.record(START + year, 1, Map.of(B, 2.0));
            assertTrue(shelves.trouble().contains("365 days after"), shelves.trouble());
            assertEquals(1, last(shelves, B));
            shelves.record(START + year + 15, 1 + 31 * MINUTES, Map.of(B, 2.0));
            record(shelves, START + year + 30, 2, Map.of(B, 2.0));
            assertEquals(2, last(shelves, B));
        }
    }

    @Test
    void forgetsSeriesWithoutAValueForAsLongAsAnythingIsKept() throws IOException {
        try (Shelves shelves = new Shelves(folder)) {
            shelves.record(START, 0, many(1_000));
            shelves.record(START + 15, 1, many(1_000));
            long later = START + 30 * 86_400L + 43_200;
            shelves.record(later, 2, Map.of(B, 1.0));
            assertEquals(1, shelves.refused(), "their last values are just going");
            shelves.record(later + 15, 61 * MINUTES, Map.of(B, 1.0));
            assertEquals(0, shelves.refused(), "the old ones made room");
            assertEquals(Set.of(B), Set.copyOf(shelves.series()));
        }
    }
}
