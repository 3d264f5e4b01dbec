// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.metrics.internal;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.solera.platform.api.spi.MetricSource;

/**
 * Collects figures and writes them in the Prometheus text format 0.0.4. Figures of one name become one family, whoever
 * gave them; where two give the same name and labels, as two versions of a bundle do, counters, gauges and distributions
 * are added up. Not thread-safe; one for each scrape.
 */
final class Families implements MetricSource.Sink {
    private static final Logger log = LoggerFactory.getLogger(Families.class);
    private static final Pattern NAME = Pattern.compile("[a-zA-Z_:][a-zA-Z0-9_:]*");
    private static final Pattern LABEL = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_]*");
    private static final int FAMILIES_MOST = 2_000;
    private static final int SERIES_MOST = 10_000;

    private record Distribution(double[] bounds, long[] counts, double sum) {}

    /** All figures of one name; a series is keyed by its labels as they are written, without braces. */
    private static final class Family {
        private final String type;
        private final String help;
        private final Map<String, Double> values = new TreeMap<>();
        private final Map<String, Distribution> distributions = new TreeMap<>();

        Family(String type, String help) {
            this.type = type;
            this.help = help;
        }
    }

    private final Map<String, Family> families = new TreeMap<>();
    private long dropped;

    @Override
    public void counter(String name, String help, double value, String... labels) {
        add("counter", name, help, value, labels);
    }

    @Override
    public void gauge(String name, String help, double value, String... labels) {
        add("gauge", name, help, value, labels);
    }

    private void add(String type, String name, String help, double value, String... labels) {
        Family family = family(type, name, help, labels);
        if (family.values.size() >= SERIES_MOST) {
            dropped++;
            return;
        }
        family.values.merge(labels(labels), value, Double::sum);
    }

    @Override
    public void histogram(String name, String help, double[] bounds, long[] counts, double sum, String... labels) {
        if (counts.length != bounds.length + 1) {
            throw new IllegalArgumentException("Distribution " + name + " has " + counts.length + " counts for "
                    + bounds.length + " bounds; it needs one more than bounds.");
        }
        Family family = family("histogram", name, help, labels);
        if (family.distributions.size() >= SERIES_MOST) {
            dropped++;
            return;
        }
        family.distributions.merge(
                labels(labels),
                new Distribution(bounds.clone(), counts.clone(), sum),
                (one, other) -> sum(name, one, other));
    }

    private static Distribution sum(String name, Distribution one, Distribution other) {
        if (!java.util.Arrays.equals(one.bounds(), other.bounds())) {
            log.debug("Distribution {} has different bounds in two versions; the first one is shown.", name);
            return one;
        }
        long[] counts = new long[one.counts().length];
        for (int i = 0; i < counts.length; i++) {
            counts[i] = one.counts()[i] + other.counts()[i];
        }
        return new Distribution(one.bounds(), counts, one.sum() + other.sum());
    }

    private Family family(String type, String name, String help, String... labels) {
        if (!NAME.matcher(name).matches() || labels.length % 2 != 0) {
            throw new IllegalArgumentException("Figure '" + name + "' has no valid name, or a label without a value.");
        }
        Family family = families.get(name);
        if (family == null) {
            if (families.size() >= FAMILIES_MOST) {
                dropped++;
                return new Family(type, help);
            }
            family = new Family(type, help);
            families.put(name, family);
        }
        if (!family.type.equals(type)) {
            throw new IllegalArgumentException(
                    "Figure " + name + " is a " + type + " here and a " + family.type + " elsewhere.");
        }
        return family;
    }

    private static String labels(String... labels) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < labels.length; i += 2) {
            if (!LABEL.matcher(labels[i]).matches()) {
                throw new IllegalArgumentException("'" + labels[i] + "' is no valid name of a label.");
            }
            text.append(i == 0 ? "" : ",")
                    .append(labels[i])
                    .append("=\"")
                    .append(quoted(labels[i + 1]))
                    .append('"');
        }
        return text.toString();
    }

    private static String quoted(String value) {
        return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }

    /** {@return figures that were left out because there were too many} */
    long dropped() {
        return dropped;
    }

    /** {@return everything collected, in UTF-8 text with a line feed at the end of each line} */
    String text() {
        StringBuilder out = new StringBuilder(16 << 10);
        families.forEach((name, family) -> {
            String help = family.help.replace("\\", "\\\\").replace("\n", "\\n");
            out.append("# HELP ").append(name).append(' ').append(help).append('\n');
            out.append("# TYPE ").append(name).append(' ').append(family.type).append('\n');
            family.values.forEach((labels, value) -> line(out, name, labels, number(value)));
            family.distributions.forEach((labels, distribution) -> distribution(out, name, labels, distribution));
        });
        return out.toString();
    }

    private static void distribution(StringBuilder out, String name, String labels, Distribution distribution) {
        String before = labels.isEmpty() ? "" : labels + ",";
        long total = 0;
        for (int i = 0; i < distribution.counts().length; i++) {
            total += distribution.counts()[i];
            String bound =
                    i < distribution.bounds().length ? number(distribution.bounds()[i]) : "+Inf";
            line(out, name + "_bucket", before + "le=\"" + bound + "\"", Long.toString(total));
        }
        line(out, name + "_sum", labels, number(distribution.sum()));
        line(out, name + "_count", labels, Long.toString(total));
    }

    private static void line(StringBuilder out, String name, String labels, String value) {
        out.append(name);
        if (!labels.isEmpty()) {
            out.append('{').append(labels).append('}');
        }
        out.append(' ').append(value).append('\n');
    }

    private static String number(double value) {
        if (Double.isNaN(value)) {
            return "NaN";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "+Inf" : "-Inf";
        }
        if (value == Math.rint(value) && Math.abs(value) < 1e15) {
            return String.format(Locale.ROOT, "%d", (long) value);
        }
        return Double.toString(value);
    }
}
