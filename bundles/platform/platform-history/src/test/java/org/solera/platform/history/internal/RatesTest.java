// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.history.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.solera.platform.api.history.MetricHistory.Series;
import org.solera.platform.api.history.Snapshot;

class RatesTest {
    private static final double[] BOUNDS = {0.1, 1, 10};
    private final Rates rates = new Rates();

    private static Snapshot snapshot(double counted, double level, long... counts) {
        Snapshot snapshot = new Snapshot();
        snapshot.counter("c_total", "", counted, "port", "s3");
        snapshot.gauge("g", "", level);
        if (counts.length > 0) {
            snapshot.histogram("h_seconds", "", BOUNDS, counts, 1);
        }
        return snapshot;
    }

    private static Series series(String name, boolean rate) {
        return new Series(name, name.equals("c_total") ? Map.of("port", "s3") : Map.of(), rate);
    }

    @Test
    void turnsCountersIntoRatesAndLeavesGaugesAlone() {
        Map<Series, Double> first = rates.advance(snapshot(100, 7), 0);
        assertTrue(Double.isNaN(first.get(series("c_total", true))));
        assertEquals(7, first.get(series("g", false)));
        Map<Series, Double> second = rates.advance(snapshot(250, 8), 15_000_000_000L);
        assertEquals(10, second.get(series("c_total", true)));
        assertEquals(8, second.get(series("g", false)));
    }

    @Test
    void knowsNothingOfTheIntervalInWhichACounterBeganAnew() {
        rates.advance(snapshot(1_000_000, 0), 0);
        assertTrue(Double.isNaN(rates.advance(snapshot(30, 0), 15_000_000_000L).get(series("c_total", true))));
        assertEquals(2, rates.advance(snapshot(60, 0), 30_000_000_000L).get(series("c_total", true)));
    }

    @Test
    void estimatesQuantilesOfWhatHappenedSinceTheLastTime() {
        rates.advance(snapshot(0, 0, 1_000, 0, 0, 0), 0);
        Map<Series, Double> values = rates.advance(snapshot(0, 0, 1_000, 100, 0, 0), 10_000_000_000L);
        assertEquals(10, values.get(series("h_seconds_count", true)));
        assertEquals(0.55, values.get(series("h_seconds_p50", false)), 1e-9);
        assertEquals(0.991, values.get(series("h_seconds_p99", false)), 1e-9);
        Map<Series, Double> quiet = rates.advance(snapshot(0, 0, 1_000, 100, 0, 0), 20_000_000_000L);
        assertEquals(0, quiet.get(series("h_seconds_count", true)));
        assertTrue(Double.isNaN(quiet.get(series("h_seconds_p50", false))), "nothing happened");
        Map<Series, Double> anew = rates.advance(snapshot(0, 0, 5, 0, 0, 0), 30_000_000_000L);
        assertTrue(Double.isNaN(anew.get(series("h_seconds_count", true))), "it began anew");
    }

    @Test
    void putsWhatIsAboveTheLastBoundAtTheLastBound() {
        assertEquals(10, Rates.quantile(0.5, BOUNDS, new long[] {0, 0, 0, 9}));
        assertEquals(0.05, Rates.quantile(0.5, BOUNDS, new long[] {10, 0, 0, 0}), 1e-9);
        assertTrue(Double.isNaN(Rates.quantile(0.5, BOUNDS, new long[4])));
    }
}
