// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.api.history;

import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.solera.platform.api.spi.MetricSource;

/**
 * All figures of one moment. Hand it to every {@link MetricSource}, then read it. Figures of the same name and labels, as
 * two versions of a bundle give them during a swap, are added up. At most {@link #FIGURES_MOST} figures; those beyond are
 * counted and left out. Confined to one thread while it is filled.
 */
public final class Snapshot implements MetricSource.Sink {
    /** The most figures that one snapshot holds. */
    public static final int FIGURES_MOST = 5_000;

    private static final double[] NO_BOUNDS = {};
    private static final long[] NO_COUNTS = {};

    /** What a figure is. */
    public enum Kind {
        COUNTER,
        GAUGE,
        HISTOGRAM
    }

    /**
     * One figure.
     *
     * @param name name of the metric
     * @param labels labels by name
     * @param kind what it is
     * @param value the value; of a histogram the sum of all observations
     * @param bounds upper bounds of the buckets, ascending; empty unless a histogram; not to be changed
     * @param counts observations in each bucket, one more than bounds; empty unless a histogram; not to be changed
     */
    @SuppressWarnings("ArrayRecordComponent") // read by those who evaluate it, never compared
    public record Figure(
            String name, Map<String, String> labels, Kind kind, double value, double[] bounds, long[] counts) {
        /** {@return the labels as people read them: {@code drive="d2",pool="a"}, by name; empty without labels} */
        public String subject() {
            return text(labels);
        }
    }

    private final Map<String, Figure> figures = new LinkedHashMap<>();
    private long dropped;

    /** {@return labels as text, by name} */
    public static String text(Map<String, String> labels) {
        return new TreeMap<>(labels)
                .entrySet().stream()
                        .map(each -> each.getKey() + "=\""
                                + each.getValue()
                                        .replace("\\", "\\\\")
                                        .replace("\"", "\\\"")
                                        .replace("\n", "\\n")
                                + '"')
                        .collect(Collectors.joining(","));
    }

    @Override
    public void counter(String name, String help, double value, String... labels) {
        put(new Figure(name, labels(name, labels), Kind.COUNTER, value, NO_BOUNDS, NO_COUNTS));
    }

    @Override
    public void gauge(String name, String help, double value, String... labels) {
        put(new Figure(name, labels(name, labels), Kind.GAUGE, value, NO_BOUNDS, NO_COUNTS));
    }

    @Override
    public void histogram(String name, String help, double[] bounds, long[] counts, double sum, String... labels) {
        if (counts.length != bounds.length + 1) {
            throw new IllegalArgumentException("Histogram " + name + " needs one count more than bounds.");
        }
        put(new Figure(name, labels(name, labels), Kind.HISTOGRAM, sum, bounds.clone(), counts.clone()));
    }

    private void put(Figure figure) {
        String key = figure.name() + '{' + figure.subject() + '}';
        if (!figures.containsKey(key) && figures.size() >= FIGURES_MOST) {
            dropped++;
            return;
        }
        figures.merge(key, figure, Snapshot::sum);
    }

    private static Figure sum(Figure one, Figure other) {
        if (one.kind() != other.kind() || !Arrays.equals(one.bounds(), other.bounds())) {
            return one;
        }
        long[] counts = one.counts().clone();
        for (int i = 0; i < counts.length; i++) {
            counts[i] += other.counts()[i];
        }
        return new Figure(one.name(), one.labels(), one.kind(), one.value() + other.value(), one.bounds(), counts);
    }

    private static Map<String, String> labels(String name, String... labels) {
        if (labels.length % 2 != 0) {
            throw new IllegalArgumentException("Figure " + name + " has a label without a value.");
        }
        Map<String, String> map = new TreeMap<>();
        for (int i = 0; i < labels.length; i += 2) {
            map.put(labels[i], labels[i + 1]);
        }
        return Map.copyOf(map);
    }

    /** {@return all figures, in the order in which they were given} */
    public Collection<Figure> figures() {
        return figures.values();
    }

    /** {@return figures that were left out because there were too many} */
    public long dropped() {
        return dropped;
    }
}
