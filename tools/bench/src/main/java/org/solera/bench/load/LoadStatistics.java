// SPDX-License-Identifier: Apache-2.0
package org.solera.bench.load;

import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What became of the requests of all clients, in a quiet phase and while bundles are swapped. Thread-safe. */
public final class LoadStatistics {
    private static final int KEPT_SENTENCES = 40;
    private static final int KEPT_SLOWEST = 10;

    /** When a request was made. */
    public enum Phase {
        /** Caches warm up, or the measurement itself gets in the way; nothing is counted but failures. */
        UNTIMED,
        /** Nothing changes on the appliance. */
        QUIET,
        /** Bundles are being replaced. */
        BUSY
    }

    private record Slow(long micros, String sentence) {}

    private final Map<Phase, Map<Operation, Durations>> samples = new EnumMap<>(Phase.class);
    private final List<String> failures = new ArrayList<>();
    private final List<Slow> slowest = new ArrayList<>();
    private int failureCount;
    private volatile Phase phase = Phase.UNTIMED;
    private volatile String activity = "warming up";

    /** Starts in the warm-up phase. */
    public LoadStatistics() {
        for (Phase each : Phase.values()) {
            Map<Operation, Durations> byOperation = new EnumMap<>(Operation.class);
            for (Operation operation : Operation.values()) {
                byOperation.put(operation, new Durations());
            }
            samples.put(each, byOperation);
        }
    }

    /** Names what is done to the appliance from now on. */
    public void enter(Phase newPhase, String newActivity) {
        phase = newPhase;
        activity = newActivity;
    }

    /** Counts a request that got the right answer. */
    void succeeded(Operation operation, long durationNanos) {
        Phase now = phase;
        long micros = durationNanos / 1000;
        samples(now, operation).add(micros);
        if (now == Phase.BUSY) {
            keepSlow(micros, operation);
        }
    }

    /** Counts a request that got a wrong answer or none. */
    synchronized void failed(Operation operation, long durationNanos, String why) {
        failureCount++;
        if (failures.size() < KEPT_SENTENCES) {
            failures.add(String.format(
                    Locale.ROOT,
                    "%s %s after %d ms while %s: %s",
                    LocalTime.now().truncatedTo(ChronoUnit.MILLIS),
                    operation,
                    durationNanos / 1_000_000,
                    activity,
                    why));
        }
    }

    private synchronized void keepSlow(long micros, Operation operation) {
        if (slowest.size() == KEPT_SLOWEST && slowest.get(KEPT_SLOWEST - 1).micros() >= micros) {
            return;
        }
        slowest.add(new Slow(
                micros,
                String.format(
                        Locale.ROOT,
                        "%s %s %d ms while %s",
                        LocalTime.now().truncatedTo(ChronoUnit.MILLIS),
                        operation,
                        micros / 1000,
                        activity)));
        slowest.sort(Comparator.comparingLong(Slow::micros).reversed());
        if (slowest.size() > KEPT_SLOWEST) {
            slowest.remove(KEPT_SLOWEST);
        }
    }

    /** {@return durations of one kind of request in one phase} */
    public Durations samples(Phase inPhase, Operation operation) {
        return samples.getOrDefault(inPhase, Map.of()).getOrDefault(operation, new Durations());
    }

    /** {@return how many requests got the right answer in a phase} */
    public int count(Phase inPhase) {
        return samples.getOrDefault(inPhase, Map.of()).values().stream()
                .mapToInt(Durations::count)
                .sum();
    }

    /** {@return how many requests got a wrong answer or none, in every phase} */
    public synchronized int failureCount() {
        return failureCount;
    }

    /** {@return sentences about the first failures} */
    public synchronized List<String> failures() {
        return List.copyOf(failures);
    }

    /** {@return sentences about the slowest requests of the busy phase, slowest first} */
    public synchronized List<String> slowest() {
        return slowest.stream().map(Slow::sentence).toList();
    }
}
