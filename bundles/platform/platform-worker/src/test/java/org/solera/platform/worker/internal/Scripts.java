// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.worker.internal;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.solera.platform.api.WorkerPool.Exchange;
import org.solera.platform.api.WorkerSpec;

/** Workers made of shell scripts that speak in lines. */
final class Scripts {
    /** Answers each line with its process id and the line. */
    static final String ECHO = "while read -r line; do echo \"$$ $line\"; done";

    /** Reads and never answers, and ignores that its input ends. */
    static final String HANG = "trap '' TERM; while :; do sleep 1; done";

    /** Dies on the line {@code die}, else answers it. */
    static final String FRAGILE =
            "while read -r line; do if [ \"$line\" = die ]; then echo broken >&2; exit 7; fi; echo \"$line\"; done";

    private Scripts() {}

    static WorkerSpec spec(String script, int maximum, int maximumRequests, Duration idle) {
        return new WorkerSpec(
                "test.worker",
                List.of("/bin/sh", "-c", script),
                Map.of("PATH", "/usr/bin:/bin"),
                List.of(),
                List.of(),
                maximum,
                maximumRequests,
                0,
                idle);
    }

    static WorkerSpec spec(String script, int maximum) {
        return spec(script, maximum, 1000, Duration.ofMinutes(5));
    }

    /** {@return an exchange of one line against one line} */
    static Exchange<String> line(String text) {
        return (request, answer) -> {
            request.write((text + "\n").getBytes(StandardCharsets.UTF_8));
            request.flush();
            return readLine(answer);
        };
    }

    static String readLine(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new EOFException("the worker ended");
            }
            line.write(b);
        }
        return line.toString(StandardCharsets.UTF_8);
    }
}
