// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.worker.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Owns one child process and everything it started. Used by one exchange at a time; killing is thread-safe. */
final class WorkerProcess implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(WorkerProcess.class);
    private static final int POLL_BYTES = 256 << 10;
    private static final int SPLIT_TRIES = 50;
    private static final long SPLIT_MILLIS = 10;

    private final Process process;
    private final boolean jailed;
    private final ErrorLines lines;
    private final StringBuilder line = new StringBuilder(); // guarded by this
    private String lastLine = ""; // guarded by this
    private int served; // confined to whoever holds the worker
    private volatile long idleSince;

    WorkerProcess(Process process, boolean jailed, ErrorLines lines) {
        this.process = process;
        this.jailed = jailed;
        this.lines = lines;
    }

    OutputStream request() {
        return process.getOutputStream();
    }

    InputStream answer() {
        return process.getInputStream();
    }

    long pid() {
        return process.pid();
    }

    boolean alive() {
        return process.isAlive();
    }

    /** Counts a request; {@return the number served so far} */
    int served() {
        return ++served;
    }

    long idleSince() {
        return idleSince;
    }

    void idleSince(long nanos) {
        idleSince = nanos;
    }

    /** Lets the worker end by itself: its input ends. */
    void retire() {
        try {
            process.getOutputStream().close();
        } catch (IOException gone) {
            log.debug("Worker {} was gone when it was retired: {}", pid(), gone.getMessage());
        }
    }

    /** Kills the process and all that descend from it. Killing twice has no further effect. */
    void kill() {
        // The descendants are listed before the process dies, because its orphans are no longer its descendants.
        List<ProcessHandle> descendants = descendants();
        process.destroyForcibly();
        descendants.forEach(ProcessHandle::destroyForcibly);
    }

    /**
     * Lists what to kill. A jail splits into two processes just after its start; were the outer one killed before the
     * inner one asked the kernel to die with it, the inner one would live on. So a jail that has not split is given a
     * moment.
     */
    private List<ProcessHandle> descendants() {
        List<ProcessHandle> found = process.descendants().toList();
        try {
            for (int i = 0; jailed && i < SPLIT_TRIES && found.isEmpty() && alive(); i++) {
                if (process.waitFor(SPLIT_MILLIS, TimeUnit.MILLISECONDS)) {
                    return found;
                }
                found = process.descendants().toList();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        return found;
    }

    /** {@return how the process ended, as people read it, waiting a little for it} */
    String lastWords(Duration patience) throws InterruptedException {
        String end = process.waitFor(patience.toNanos(), TimeUnit.NANOSECONDS)
                ? "It ended with status " + process.exitValue() + "."
                : "It still runs.";
        pollErrors();
        synchronized (this) {
            return lastLine.isEmpty() ? end : end + " It said: " + lastLine;
        }
    }

    /** Takes what stands in the pipe of standard error, without waiting; more than a bounded amount is dropped. */
    void pollErrors() {
        byte[] bytes = new byte[4096];
        int budget = POLL_BYTES;
        try {
            InputStream errors = process.getErrorStream();
            while (budget > 0 && errors.available() > 0) {
                int count = errors.read(bytes, 0, Math.min(bytes.length, errors.available()));
                if (count < 0) {
                    return;
                }
                budget -= count;
                take(new String(bytes, 0, count, StandardCharsets.UTF_8));
            }
        } catch (IOException closed) {
            log.trace("Standard error of worker {} is closed.", pid());
        }
    }

    private synchronized void take(String text) {
        for (int i = 0; i < text.length(); i++) {
            char each = text.charAt(i);
            if (each == '\n') {
                if (!line.isEmpty()) {
                    lastLine = line.toString();
                    lines.add(pid(), lastLine);
                    line.setLength(0);
                }
            } else if (line.length() < ErrorLines.LINE_LENGTH) {
                line.append(Character.isISOControl(each) ? ' ' : each);
            }
        }
    }

    /** Kills and frees the pipes. */
    @Override
    public void close() {
        kill();
        retire();
        try {
            process.getInputStream().close();
            process.getErrorStream().close();
        } catch (IOException gone) {
            log.debug("The pipes of worker {} were closed already: {}", pid(), gone.getMessage());
        }
    }
}
