// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.audit.internal;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import org.solera.platform.api.audit.Audit;

/** A process that records changes as fast as it can and prints each one once it is acknowledged. */
public final class Appender {
    private static final int THREADS = 8;

    private Appender() {}

    /** @param arguments folder, number of the round, size of a segment in bytes */
    @SuppressWarnings("try")
    public static void main(String[] arguments) throws Exception {
        Box box = new Box(Path.of(arguments[0]));
        box.clock = Clock.systemUTC();
        box.segmentBytes = Long.parseLong(arguments[2]);
        box.start();
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        Thread[] threads = new Thread[THREADS];
        for (int t = 0; t < THREADS; t++) {
            String who = "round-%s-%d".formatted(arguments[1], t);
            threads[t] = new Thread(() -> {
                for (int i = 0; ; i++) {
                    try (Audit.Entry entry = box.audit.begin(Box.event(who, "test.change", "begun-" + i))) {
                        synchronized (out) {
                            out.println(who + " begun-" + i + " begun");
                        }
                        entry.done();
                        synchronized (out) {
                            out.println(who + " begun-" + i + " done");
                        }
                    } catch (org.solera.platform.api.SoleraException refused) {
                        throw new IllegalStateException(refused);
                    }
                }
            });
            threads[t].start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
    }
}
