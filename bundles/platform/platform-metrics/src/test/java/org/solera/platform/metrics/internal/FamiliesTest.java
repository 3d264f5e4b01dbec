// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.metrics.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class FamiliesTest {
    private final Families families = new Families();

    @Test
    void writesHelpAndTypeOncePerFamilyWhoeverGivesIt() {
        families.counter("solera_b_total", "Bees.", 2, "hive", "a");
        families.gauge("solera_a", "Ants.", 1.5);
        families.counter("solera_b_total", "Bees.", 1, "hive", "b");
        assertEquals("""
                # HELP solera_a Ants.
                # TYPE solera_a gauge
                solera_a 1.5
                # HELP solera_b_total Bees.
                # TYPE solera_b_total counter
                solera_b_total{hive="a"} 2
                solera_b_total{hive="b"} 1
                """, families.text());
    }

    @Test
    void addsUpWhatTwoVersionsOfABundleGiveForOneSeries() {
        families.counter("solera_b_total", "Old words.", 2, "hive", "a");
        families.counter("solera_b_total", "New words.", 3, "hive", "a");
        assertTrue(families.text().contains("solera_b_total{hive=\"a\"} 5\n"), families.text());
        assertEquals(1, families.text().split("# HELP", -1).length - 1);
    }

    @Test
    void escapesWhatWouldBreakALine() {
        families.gauge("solera_a", "One\ntwo \\ \"three\"", 1, "path", "C:\\x \"y\"\nz");
        assertEquals(
                "# HELP solera_a One\\ntwo \\\\ \"three\"\n"
                        + "# TYPE solera_a gauge\n"
                        + "solera_a{path=\"C:\\\\x \\\"y\\\"\\nz\"} 1\n",
                families.text());
    }

    @Test
    void cumulatesTheBucketsOfADistribution() {
        double[] bounds = {0.1, 1};
        families.histogram("solera_t_seconds", "Time.", bounds, new long[] {1, 2, 3}, 7.5, "port", "s3");
        families.histogram("solera_t_seconds", "Time.", bounds, new long[] {1, 0, 0}, 0.5, "port", "s3");
        assertEquals("""
                # HELP solera_t_seconds Time.
                # TYPE solera_t_seconds histogram
                solera_t_seconds_bucket{port="s3",le="0.1"} 2
                solera_t_seconds_bucket{port="s3",le="1"} 4
                solera_t_seconds_bucket{port="s3",le="+Inf"} 7
                solera_t_seconds_sum{port="s3"} 8
                solera_t_seconds_count{port="s3"} 7
                """, families.text());
    }

    @Test
    void writesNumbersAsPrometheusReadsThem() {
        families.gauge("a", "", Double.NaN);
        families.gauge("b", "", Double.NEGATIVE_INFINITY);
        families.gauge("c", "", 1e18);
        families.gauge("d", "", -3);
        String text = families.text();
        assertTrue(text.contains("\na NaN\n") && text.contains("\nb -Inf\n"), text);
        assertTrue(text.contains("\nc 1.0E18\n") && text.contains("\nd -3\n"), text);
    }

    @Test
    void refusesFiguresThatWouldSpoilThePage() {
        assertThrows(IllegalArgumentException.class, () -> families.gauge("a b", "", 1));
        assertThrows(IllegalArgumentException.class, () -> families.gauge("a", "", 1, "label"));
        assertThrows(IllegalArgumentException.class, () -> families.gauge("a", "", 1, "la bel", "x"));
        families.gauge("c", "", 1);
        assertThrows(IllegalArgumentException.class, () -> families.counter("c", "", 1));
    }
}
