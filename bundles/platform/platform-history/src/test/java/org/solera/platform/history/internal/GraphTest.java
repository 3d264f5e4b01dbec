// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.history.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.solera.platform.api.PlatformError;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.history.MetricHistory.Aggregate;
import org.solera.platform.api.history.MetricHistory.Series;
import org.solera.platform.history.internal.Shelf.Rows;

class GraphTest {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final Series ANY = new Series("m", Map.of(), false);

    private static Graph graph(long backSeconds, long lengthSeconds, int steps) throws SoleraException {
        Instant from = NOW.minusSeconds(backSeconds);
        return Graph.of(from, from.plusSeconds(lengthSeconds), steps, Aggregate.AVERAGE, NOW);
    }

    @Test
    void readsTheRowsThatFitTheQuestion() throws SoleraException {
        assertEquals(Resolution.FINE, graph(3_600, 3_600, 240).resolution());
        assertEquals(Resolution.MEDIUM, graph(86_400, 86_400, 1_000).resolution());
        assertEquals(Resolution.COARSE, graph(30 * 86_400L, 30 * 86_400L, 500).resolution());
        assertEquals(Resolution.MEDIUM, graph(40_000, 60, 60).resolution(), "fine rows do not reach back so far");
        assertEquals(Resolution.MEDIUM, graph(3_600, 3_600, 60).resolution(), "fewer rows are read for long steps");
    }

    @Test
    void coversEveryTimeWithAtMostAsManyStepsAsWanted() throws SoleraException {
        Random random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            long back = 1 + random.nextInt(30 * 86_400);
            long length = 1 + random.nextInt((int) back);
            int steps = 1 + random.nextInt(Graph.STEPS_MOST);
            Graph graph = graph(back, length, steps);
            long from = NOW.getEpochSecond() - back;
            String what = back + " " + length + " " + steps + " " + graph;
            assertTrue(graph.count() >= 1 && graph.count() <= steps, what);
            assertTrue(graph.from() <= from, what);
            assertTrue(graph.from() + graph.step() * graph.count() >= from + length, what);
            assertEquals(0, graph.step() % graph.resolution().seconds(), what);
        }
    }

    @Test
    void averagesTheRowsOfAStepAndLeavesGapsUnknown() {
        Graph graph = new Graph(Resolution.FINE, Aggregate.AVERAGE, 0, 30, 3);
        // Rows end at 15, 30, 45, ...: two of them make a step.
        Rows rows = new Rows(15, 15, new double[] {1, 3, Double.NaN, 5, Double.NaN, Double.NaN, 99});
        assertEquals(List.of(2.0, 5.0, Double.NaN), graph.points(ANY, rows).values());
        Graph highest = new Graph(Resolution.FINE, Aggregate.MAXIMUM, 0, 30, 3);
        assertEquals(List.of(3.0, 5.0, Double.NaN), highest.points(ANY, rows).values());
    }

    @Test
    void refusesQuestionsThatCannotBeAnswered() {
        for (long[] odd :
                new long[][] {{100, 0, 10}, {100, -5, 10}, {40 * 86_400L, 60, 10}, {100, 50, 0}, {100, 50, 2_001}}) {
            SoleraException refused = assertThrows(SoleraException.class, () -> graph(odd[0], odd[1], (int) odd[2]));
            assertEquals(PlatformError.INVALID_REQUEST, refused.code());
        }
    }
}
