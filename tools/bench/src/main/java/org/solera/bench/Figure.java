// SPDX-License-Identifier: Apache-2.0
package org.solera.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * One measured value.
 *
 * @param name what was measured
 * @param unit its unit
 * @param value the value, or the median of {@code n} samples
 * @param spread largest sample less the smallest
 * @param n how many samples
 * @param peer what it is compared with, measured in the same run; empty for none
 * @param target the bound that it must keep; empty for none
 * @param atMost whether the bound is an upper one
 */
public record Figure(
        String name,
        String unit,
        double value,
        double spread,
        int n,
        String peer,
        OptionalDouble target,
        boolean atMost) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** {@return one value without a target} */
    public static Figure of(String name, String unit, double value) {
        return new Figure(name, unit, value, 0, 1, "", OptionalDouble.empty(), true);
    }

    /** {@return the median and the spread of samples, at least one} */
    public static Figure median(String name, String unit, double[] samples) {
        double[] sorted = samples.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        double median = sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Figure(
                name,
                unit,
                median,
                sorted[sorted.length - 1] - sorted[0],
                sorted.length,
                "",
                OptionalDouble.empty(),
                true);
    }

    /** {@return the same with an upper bound} */
    public Figure atMost(double bound) {
        return new Figure(name, unit, value, spread, n, peer, OptionalDouble.of(bound), true);
    }

    /** {@return the same with a lower bound} */
    public Figure atLeast(double bound) {
        return new Figure(name, unit, value, spread, n, peer, OptionalDouble.of(bound), false);
    }

    /** {@return the same beside a peer} */
    public Figure against(String newPeer) {
        return new Figure(name, unit, value, spread, n, newPeer, target, atMost);
    }

    /** {@return whether the bound is kept; true without one} */
    public boolean pass() {
        if (target.isEmpty()) {
            return true;
        }
        return atMost ? value <= target.getAsDouble() : value >= target.getAsDouble();
    }

    /** {@return one line of JSON} */
    String toJson(String bench, String commit) {
        ObjectNode node = JSON.createObjectNode();
        node.put("bench", bench).put("figure", name).put("unit", unit);
        node.put(n == 1 ? "value" : "median", rounded(value));
        if (n > 1) {
            node.put("spread", rounded(spread));
        }
        node.put("n", n);
        if (!peer.isEmpty()) {
            node.put("peer", peer);
        }
        if (target.isPresent()) {
            node.put("target", (atMost ? "<= " : ">= ") + text(target.getAsDouble()));
        }
        return node.put("pass", pass()).put("commit", commit).toString();
    }

    /** {@return one line for people} */
    String toText() {
        StringBuilder line = new StringBuilder(name).append(": ").append(text(value));
        line.append(unit.isEmpty() ? "" : " " + unit);
        if (n > 1) {
            line.append(" (median of ")
                    .append(n)
                    .append(", spread ")
                    .append(text(spread))
                    .append(')');
        }
        line.append(peer.isEmpty() ? "" : ", peer " + peer);
        target.ifPresent(bound -> line.append(pass() ? "  ok, " : "  MISSED, ")
                .append(atMost ? "at most " : "at least ")
                .append(text(bound)));
        return line.toString();
    }

    private static double rounded(double value) {
        return Math.round(value * 1000) / 1000.0;
    }

    private static String text(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e12
                ? Long.toString((long) value)
                : String.format(Locale.ROOT, "%.3f", value);
    }
}
