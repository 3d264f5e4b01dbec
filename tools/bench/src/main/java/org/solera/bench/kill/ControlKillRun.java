// SPDX-License-Identifier: Apache-2.0
package org.solera.bench.kill;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.solera.bench.BenchContext;
import org.solera.bench.appliance.ApplianceBox;
import org.solera.bench.appliance.Polling;
import org.solera.bench.client.HttpReply;
import org.solera.bench.client.RestClient;

/**
 * Changes groups of people over REST, kills, restarts and compares. A group carries the same value in two of its fields,
 * so that half a change is seen. Confined to one thread, with four writers below it.
 */
final class ControlKillRun {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int WRITERS = 4;
    private static final int GROUPS_PER_WRITER = 5;
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final byte[] NOTHING = new byte[0];

    private final BenchContext context;
    private final int rounds;
    private final int changes;
    private final WriteJournal journal = new WriteJournal();
    private final AtomicInteger acknowledged = new AtomicInteger();
    private final AtomicInteger cutOff = new AtomicInteger();
    private final List<String> wrong = new ArrayList<>();

    /**
     * What came of it.
     *
     * @param acknowledged how many changes were acknowledged
     * @param cutOff how many got no answer
     * @param recorded how many changes the audit says were made
     * @param open how many wishes in the audit have no outcome
     * @param chain what the check of the audit said, empty if the chain is whole
     * @param wrong sentences about groups that are lost or hold what they must not
     */
    record Outcome(int acknowledged, int cutOff, int recorded, int open, String chain, List<String> wrong) {
        Outcome {
            wrong = List.copyOf(wrong);
        }
    }

    /**
     * @param rounds how often to kill
     * @param changes changes in each round
     */
    ControlKillRun(BenchContext context, int rounds, int changes) {
        this.context = context;
        this.rounds = rounds;
        this.changes = changes;
    }

    Outcome run() throws IOException, InterruptedException {
        try (ApplianceBox box =
                ApplianceBox.boot(context.repository(), context.scratch().resolve("data"))) {
            for (int round = 0; round < rounds; round++) {
                round(box, round);
            }
            return audited(box);
        }
    }

    private void round(ApplianceBox box, int round) throws IOException, InterruptedException {
        AtomicInteger sent = new AtomicInteger();
        List<Thread> writers = new ArrayList<>();
        for (int i = 0; i < WRITERS; i++) {
            int writer = i;
            Thread thread = new Thread(() -> write(box, round, writer, sent), "solera-bench-writer-" + i);
            writers.add(thread);
            thread.start();
        }
        int killAt = changes / 10 + new Random().nextInt(Math.max(1, changes * 8 / 10));
        Polling.await(
                "change " + killAt,
                Duration.ofMinutes(5),
                () -> sent.get() >= killAt || writers.stream().noneMatch(Thread::isAlive));
        box.kill();
        for (Thread writer : writers) {
            writer.join();
        }
        box.start();
        context.report().say("Round " + (round + 1) + ": killed after change " + killAt);
        compare(box, round);
    }

    private void write(ApplianceBox box, int round, int writer, AtomicInteger sent) {
        Random random = new Random(round * 100L + writer);
        try (RestClient rest = box.rest(TIMEOUT)) {
            while (true) {
                int number = sent.incrementAndGet();
                if (number > changes) {
                    return;
                }
                String group = "writers-" + writer + "-" + random.nextInt(GROUPS_PER_WRITER);
                String value = "v" + round + "-" + number;
                journal.attempt(group, value);
                change(rest, group, value);
                journal.acknowledge(group, value);
                acknowledged.incrementAndGet();
            }
        } catch (IOException e) {
            // The kill cut this change off: from here the value may be the old or the new one.
            cutOff.incrementAndGet();
        }
    }

    private static void change(RestClient rest, String group, String value) throws IOException {
        String body = "{\"name\":\"" + group + "\",\"description\":\"" + value + "\",\"grants\":[\"VIEWER@bucket:"
                + value + "\"],\"external\":[]}";
        HttpReply before = rest.get("/users/groups/" + group);
        HttpReply reply;
        if (before.status() == 404) {
            reply = rest.send(
                    "POST", "/users/groups", "application/json", body.getBytes(StandardCharsets.UTF_8), Map.of());
        } else {
            reply = rest.send(
                    "PUT",
                    "/users/groups/" + group,
                    "application/json",
                    body.replace("\"name\":\"" + group + "\",", "").getBytes(StandardCharsets.UTF_8),
                    Map.of("If-Match", before.header("etag")));
        }
        if (reply.status() >= 300) {
            throw new IOException("status " + reply.status() + " " + reply.excerpt(300));
        }
    }

    private void compare(ApplianceBox box, int round) throws IOException {
        try (RestClient rest = box.rest(TIMEOUT)) {
            for (String group : journal.keys()) {
                HttpReply reply = rest.get("/users/groups/" + group);
                if (reply.status() != 200 && reply.status() != 404) {
                    wrong.add("Round " + (round + 1) + ": " + group + " got status " + reply.status() + ", "
                            + reply.excerpt(200));
                    continue;
                }
                JsonNode found = RestClient.parse(reply);
                String value = reply.status() == 200 ? found.path("description").asText() : "";
                String grant = found.path("grants").path(0).asText();
                if (!value.isEmpty() && !grant.equals("VIEWER@bucket:" + value)) {
                    wrong.add("Round " + (round + 1) + ": " + group + " is half changed: " + reply.excerpt(300));
                }
                if (!journal.allows(group, value)) {
                    wrong.add("Round " + (round + 1) + ": " + group
                            + (value.isEmpty() ? " is lost" : " holds " + value + ", which cannot be"));
                }
                journal.settle(group, value);
            }
        }
    }

    private Outcome audited(ApplianceBox box) throws IOException {
        try (RestClient rest = box.rest(TIMEOUT)) {
            JsonNode verdict = RestClient.parse(rest.send("POST", "/audit/verify", "application/json", NOTHING));
            String chain = verdict.path("whole").asBoolean()
                    ? ""
                    : verdict.path("detail").asText("no verdict");
            HttpReply export = rest.send("GET", "/audit/export", "", NOTHING, Map.of("Accept", "application/x-ndjson"));
            if (export.status() != 200) {
                throw new IOException(
                        "The export of the audit got status " + export.status() + ": " + export.excerpt(300));
            }
            int recorded = 0;
            Set<Long> open = new HashSet<>();
            for (String line : export.text().lines().toList()) {
                JsonNode record = JSON.readTree(line);
                String outcome = record.path("outcome").asText();
                if (outcome.equals("begun")) {
                    open.add(record.path("sequence").asLong());
                } else if (outcome.equals("done") || outcome.equals("failed")) {
                    open.remove(record.path("begun").asLong());
                }
                String target = record.path("target").asText();
                if (outcome.equals("done") && target.contains("users/groups")) {
                    recorded++;
                }
            }
            return new Outcome(acknowledged.get(), cutOff.get(), recorded, open.size(), chain, wrong);
        }
    }
}
