// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.system.rest.internal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the operating system whether its clock is set by a time server: {@code timedatectl}, else {@code chronyc}. Asked
 * at most every 30 s, each program at most 2 s. Thread-safe.
 */
final class ClockSource {
    private static final Logger log = LoggerFactory.getLogger(ClockSource.class);
    private static final Duration FRESH = Duration.ofSeconds(30);
    private static final long LIMIT_SECONDS = 2;
    private static final int MOST_BYTES = 16_384;
    private static final State UNKNOWN = new State(null, "not known", "The operating system does not say.");

    /**
     * What is known of the clock.
     *
     * @param inSync whether a time server sets it; null if not known
     * @param source who sets it
     * @param detail a sentence
     */
    record State(@Nullable Boolean inSync, String source, String detail) {}

    private record Taken(State state, long nanos) {}

    private final Function<List<String>, Optional<String>> program;
    private final LongSupplier nanoTime;
    private volatile @Nullable Taken last;

    ClockSource() {
        this(ClockSource::run, System::nanoTime);
    }

    ClockSource(Function<List<String>, Optional<String>> program, LongSupplier nanoTime) {
        this.program = program;
        this.nanoTime = nanoTime;
    }

    State state() {
        Taken known = last;
        long now = nanoTime.getAsLong();
        if (known != null && now - known.nanos() < FRESH.toNanos()) {
            return known.state();
        }
        State state = program.apply(List.of("timedatectl", "show"))
                .flatMap(ClockSource::ofTimedatectl)
                .or(() -> program.apply(List.of("chronyc", "-c", "tracking")).flatMap(ClockSource::ofChrony))
                .orElse(UNKNOWN);
        last = new Taken(state, now);
        return state;
    }

    private static Optional<State> ofTimedatectl(String output) {
        Map<String, String> values = new HashMap<>();
        output.lines().forEach(line -> {
            int equals = line.indexOf('=');
            if (equals > 0) {
                values.put(line.substring(0, equals), line.substring(equals + 1).strip());
            }
        });
        String word = values.get("NTPSynchronized");
        if (word == null) {
            return Optional.empty();
        }
        boolean inSync = word.equals("yes");
        boolean on = "yes".equals(values.get("NTP"));
        return Optional.of(new State(
                inSync,
                "systemd",
                inSync
                        ? "The clock is set by a time server."
                        : on ? "A time server is asked, the clock is not set by it yet." : "No time server is asked."));
    }

    private static Optional<State> ofChrony(String output) {
        String[] fields = output.strip().split(",", -1);
        if (fields.length < 14) {
            return Optional.empty();
        }
        boolean inSync = !fields[13].equals("Not synchronised");
        return Optional.of(new State(
                inSync,
                "chrony",
                inSync
                        ? "The clock is set by %s, stratum %s.".formatted(fields[1], fields[2])
                        : "No time server answers."));
    }

    private static Optional<String> run(List<String> command) {
        Process process = null;
        try {
            process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")))
                    .start();
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                return Optional.empty();
            }
            return Optional.of(new String(process.getInputStream().readNBytes(MOST_BYTES), StandardCharsets.UTF_8));
        } catch (IOException absent) {
            log.debug("{} cannot be asked for the clock.", command.get(0), absent);
            return Optional.empty();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } finally {
            if (process != null) {
                process.destroyForcibly();
            }
        }
    }
}
