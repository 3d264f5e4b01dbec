// SPDX-License-Identifier: Apache-2.0
package org.solera.bench.swap;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.solera.bench.appliance.ApplianceBox;
import org.solera.bench.client.HttpReply;
import org.solera.bench.client.RestClient;

/** Asks an appliance to replace bundles, over REST. Confined to one thread. */
public final class SwapClient {
    private static final Duration TIMEOUT = Duration.ofMinutes(3);

    private static final long POLL_MILLIS = 100;

    private static final byte[] NOTHING = new byte[0];

    private final ApplianceBox box;

    /** Talks to an appliance that is ready. */
    public SwapClient(ApplianceBox box) {
        this.box = box;
    }

    /**
     * What became of a request to replace a bundle.
     *
     * @param done whether the new version serves now
     * @param words what the appliance said: the steps, or why not
     */
    public record Verdict(boolean done, String words) {}

    /** {@return what became of a swap to the bundle in the file} */
    public Verdict swap(Path bundle) throws IOException {
        try (RestClient rest = box.rest(TIMEOUT)) {
            HttpReply planned =
                    rest.send("POST", "/upgrades/swaps", "application/octet-stream", Files.readAllBytes(bundle));
            if (planned.status() >= 300) {
                return new Verdict(false, "plan refused with status " + planned.status() + ": " + planned.excerpt(500));
            }
            String hash = RestClient.parse(planned).path("hash").asText();
            HttpReply executed = rest.send("POST", "/upgrades/swaps/" + hash + "/execute", "application/json", NOTHING);
            if (executed.status() >= 300) {
                return new Verdict(false, "status " + executed.status() + ": " + executed.excerpt(500));
            }
            JsonNode swap = RestClient.parse(executed);
            if (executed.status() == 202) {
                // The bundle carries this very request, so it is answered before the swap has ended.
                swap = ended(swap.path("id").asText());
            }
            String failure = swap.path("failure").asText();
            boolean done = swap.path("phase").asText().equals("DONE") && failure.isEmpty();
            return new Verdict(
                    done,
                    done ? swap.path("steps").toString() : swap.path("phase").asText() + ": " + failure);
        }
    }

    private JsonNode ended(String id) throws IOException {
        long end = System.nanoTime() + TIMEOUT.toNanos();
        while (true) {
            try (RestClient rest = box.rest(TIMEOUT)) {
                JsonNode swap = rest.json("/upgrades/swaps/" + id);
                if (swap.path("finished").asBoolean() || System.nanoTime() > end) {
                    return swap;
                }
            }
            try {
                Thread.sleep(POLL_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("The wait for swap " + id + " was interrupted", e);
            }
        }
    }

    /** {@return symbolic name, version and state of every bundle, in order} */
    public List<String> bundles() throws IOException {
        try (RestClient rest = box.rest()) {
            TreeSet<String> bundles = new TreeSet<>();
            for (JsonNode bundle : rest.json("/system/bundles")) {
                bundles.add(bundle.path("symbolicName").asText() + "/"
                        + bundle.path("version").asText() + " "
                        + bundle.path("state").asText());
            }
            return new ArrayList<>(bundles);
        }
    }
}
