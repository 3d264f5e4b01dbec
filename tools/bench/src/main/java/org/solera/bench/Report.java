// SPDX-License-Identifier: Apache-2.0
package org.solera.bench;

import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a benchmark prints, and whether it kept its targets. Thread-safe. */
public final class Report {
    private final String bench;
    private final String commit;
    private final boolean jsonOnly;
    private final PrintStream out;
    private final List<Figure> figures = new ArrayList<>();
    private final List<String> missed = new ArrayList<>();
    private final long startedNanos = System.nanoTime();

    /** @param jsonOnly whether text for people is left out */
    public Report(String bench, String commit, boolean jsonOnly, PrintStream out) {
        this.bench = bench;
        this.commit = commit;
        this.jsonOnly = jsonOnly;
        this.out = out;
    }

    /** Says what happens now, for people. */
    public synchronized void say(String sentence) {
        if (!jsonOnly) {
            long seconds = Duration.ofNanos(System.nanoTime() - startedNanos).toSeconds();
            out.printf(Locale.ROOT, "[%4d s] %s%n", seconds, sentence);
            out.flush();
        }
    }

    /** Prints one figure and remembers whether its target was kept. */
    public synchronized void add(Figure figure) {
        figures.add(figure);
        if (!figure.pass()) {
            missed.add(figure.name());
        }
        say(figure.toText());
        out.println(figure.toJson(bench, commit));
        out.flush();
    }

    /** {@return the figures so far, in order} */
    public synchronized List<Figure> figures() {
        return List.copyOf(figures);
    }

    /** {@return names of the figures that missed their target} */
    public synchronized List<String> missed() {
        return List.copyOf(missed);
    }

    /** Prints the last line. */
    public synchronized void finish() {
        long seconds = Duration.ofNanos(System.nanoTime() - startedNanos).toSeconds();
        String verdict = missed.isEmpty() ? "all targets kept" : "MISSED " + String.join(", ", missed);
        out.printf(Locale.ROOT, "bench %s: %d figures in %d s, %s%n", bench, figures.size(), seconds, verdict);
        out.flush();
    }
}
