// SPDX-License-Identifier: Apache-2.0
package org.solera.bench.job;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.solera.bench.appliance.ApplianceBox;
import org.solera.bench.client.HttpReply;
import org.solera.bench.client.RestClient;

/** A feature that needs a GPU, as an example of what the hardware decides. Confined to one thread. */
public final class GpuFeature {
    private static final String NAME = "solera-example-gpu";
    private static final String FILE = "example-gpu-features.xml";

    private final ApplianceBox box;

    /**
     * What the appliance says about the feature.
     *
     * @param runnable whether this box can run it
     * @param reason in plain words why not; empty when it can
     */
    public record Verdict(boolean runnable, String reason) {}

    /** Talks to an appliance that is ready. */
    public GpuFeature(ApplianceBox box) {
        this.box = box;
    }

    /** Makes the feature known to the appliance. It is not installed. */
    public void offer() throws IOException {
        Path file = box.data().resolve(FILE);
        try (InputStream in = GpuFeature.class.getResourceAsStream("/features/" + FILE)) {
            if (in == null) {
                throw new IOException("The feature " + FILE + " is missing from the benchmarks.");
            }
            Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
        }
        String body = "{\"address\":\"" + file.toUri() + "\"}";
        try (RestClient rest = box.rest()) {
            HttpReply reply = rest.send(
                    "POST", "/upgrades/repositories", "application/json", body.getBytes(StandardCharsets.UTF_8));
            if (reply.status() >= 300) {
                throw new IOException(
                        "The feature repository got status " + reply.status() + ": " + reply.excerpt(300));
            }
        }
    }

    /** {@return what the appliance says about the feature now} */
    public Verdict verdict() throws IOException {
        try (RestClient rest = box.rest()) {
            JsonNode answer = rest.json("/hardware/features/" + NAME);
            return new Verdict(
                    answer.path("runnable").asBoolean(), answer.path("reason").asText());
        }
    }
}
