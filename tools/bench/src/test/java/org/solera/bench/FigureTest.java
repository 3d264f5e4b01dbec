// SPDX-License-Identifier: Apache-2.0
package org.solera.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class FigureTest {
    @Test
    void theMedianOfAnEvenNumberLiesBetweenTheMiddleTwo() {
        Figure figure = Figure.median("f", "s", new double[] {4, 1, 3, 2});
        assertEquals(2.5, figure.value());
        assertEquals(3, figure.spread());
    }

    @Test
    void boundsAreInclusive() {
        assertTrue(Figure.of("f", "s", 3).atMost(3).pass());
        assertFalse(Figure.of("f", "s", 3.001).atMost(3).pass());
        assertTrue(Figure.of("f", "s", 3).atLeast(3).pass());
        assertFalse(Figure.of("f", "s", 2.999).atLeast(3).pass());
    }

    @Test
    void theLastLineNamesWhatWasMissed() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Report report = new Report("b", "abc", true, new PrintStream(bytes, true, StandardCharsets.UTF_8));
        report.add(Figure.of("good", "s", 1).atMost(2));
        report.add(Figure.of("bad", "s", 3).atMost(2));
        report.finish();
        List<String> lines = bytes.toString(StandardCharsets.UTF_8).lines().toList();
        assertEquals(
                "{\"bench\":\"b\",\"figure\":\"bad\",\"unit\":\"s\",\"value\":3.0,\"n\":1,\"target\":\"<= 2\","
                        + "\"pass\":false,\"commit\":\"abc\"}",
                lines.get(1));
        assertEquals("bench b: 2 figures in 0 s, MISSED bad", lines.get(2));
    }
}
