// SPDX-License-Identifier: Apache-2.0
package org.solera.bench.hostile;

import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import org.solera.bench.client.HttpReply;

/**
 * One malformed request and the answers that are right for it.
 *
 * @param edge which port
 * @param name what is wrong with it
 * @param attack sends it
 * @param statuses status codes that are right; 0 stands for a connection that was closed without an answer
 */
record HostileCase(Edge edge, String name, Attack attack, Set<Integer> statuses) {
    private static final int SHORTEST_SENTENCE = 10;

    HostileCase {
        statuses = Set.copyOf(statuses);
    }

    /** Sends a request. */
    @FunctionalInterface
    interface Attack {
        /** {@return the answer} */
        HttpReply send() throws IOException, InterruptedException;
    }

    /** {@return why an answer is wrong, or nothing} */
    Optional<String> judge(HttpReply reply) {
        if (!statuses.contains(reply.status())) {
            return Optional.of(
                    "status " + reply.status() + " instead of one of " + statuses + ": " + reply.excerpt(200));
        }
        if (reply.status() == 0) {
            return Optional.empty();
        }
        String body = reply.text();
        if (body.strip().length() < SHORTEST_SENTENCE) {
            return Optional.of("status " + reply.status() + " without a word about the cause: " + reply.headers());
        }
        if (body.contains("\tat ") || body.contains("Exception:") || body.contains("Apache Tomcat")) {
            return Optional.of("the body shows the inside of the appliance: " + reply.excerpt(200));
        }
        return Optional.empty();
    }
}
