// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.metrics.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Reads the page as strictly as a scraper does. */
class PageFormatTest {
    private static final Pattern SAMPLE = Pattern.compile(
            "([a-zA-Z_:][a-zA-Z0-9_:]*)(\\{(?:[a-zA-Z_][a-zA-Z0-9_]*=\"(?:[^\"\\\\\n]|\\\\[\\\\\"n])*\"(?:,|(?=\\})))+\\})? "
                    + "(NaN|[+-]Inf|[+-]?[0-9]+(?:\\.[0-9]+)?(?:[eE][+-]?[0-9]+)?)");

    /** {@return number of samples} */
    static int check(String page) {
        assertTrue(page.endsWith("\n") && !page.contains("\r"), "lines end with a line feed");
        Map<String, String> types = new HashMap<>();
        Set<String> seen = new HashSet<>();
        Set<String> closed = new HashSet<>();
        String family = "";
        double before = Double.NEGATIVE_INFINITY;
        int samples = 0;
        for (String line : page.split("\n")) {
            if (line.startsWith("# HELP ") || line.startsWith("# TYPE ")) {
                String[] words = line.split(" ", 4);
                if (words[1].equals("HELP")) {
                    closed.add(family);
                    family = words[2];
                    assertTrue(!closed.contains(family), "family in two places: " + line);
                } else {
                    assertEquals(family, words[2], "a type follows its help");
                    assertTrue(Set.of("counter", "gauge", "histogram").contains(words[3]), line);
                    types.put(family, words[3]);
                }
                continue;
            }
            Matcher sample = SAMPLE.matcher(line);
            assertTrue(sample.matches(), "no sample: " + line);
            assertTrue(seen.add(line.substring(0, line.lastIndexOf(' '))), "twice: " + line);
            String base = sample.group(1);
            if ("histogram".equals(types.get(family))) {
                base = base.replaceAll("_(bucket|sum|count)$", "");
                double value = Double.parseDouble(sample.group(3));
                if (sample.group(1).endsWith("_bucket")) {
                    assertTrue(value >= before, "buckets are cumulated: " + line);
                    before = value;
                } else {
                    before = Double.NEGATIVE_INFINITY;
                }
            }
            assertEquals(family, base, line);
            samples++;
        }
        return samples;
    }

    @Test
    void writesWhatAStrictReaderTakes() {
        Families families = new Families();
        Random random = new Random(3);
        String[] odd = {"a\\b", "q\"q", "n\nn", "", "盘 {x=1}", ",", "}", "# HELP", "\\n"};
        double[] values = {0, -1.5, 1e18, 1e-9, Double.NaN, Double.POSITIVE_INFINITY, 123456789012345.0, Long.MAX_VALUE
        };
        for (int i = 0; i < 500; i++) {
            String label = odd[random.nextInt(odd.length)];
            families.gauge("solera_g" + i % 20, "Help " + label, values[random.nextInt(values.length)], "l", label);
            families.counter("solera_c" + i % 20 + "_total", "Help.", random.nextInt(100), "l", label, "m", "" + i);
            families.histogram(
                    "solera_h" + i % 5 + "_seconds",
                    "Help.",
                    new double[] {0.001, 1, 60},
                    new long[] {random.nextInt(5), 0, random.nextInt(5), 1},
                    1.25,
                    "l",
                    label);
        }
        assertTrue(check(families.text()) > 700);
    }

    @Test
    void findsWhatAScraperWouldRefuse() {
        String head = "# HELP a A.\n# TYPE a gauge\n";
        assertEquals(1, check(head + "a 1\n"));
        for (String bad :
                new String[] {"a\n", "a{b=c} 1\n", "a{b=\"\\x\"} 1\n", "a 1\na 2\n", "b 1\n", "a 1,5\n", "a 1\r\n"}) {
            assertThrows(AssertionError.class, () -> check(head + bad), bad);
        }
    }
}
