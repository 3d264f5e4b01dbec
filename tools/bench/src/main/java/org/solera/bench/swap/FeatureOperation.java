// SPDX-License-Identifier: Apache-2.0
package org.solera.bench.swap;

import java.io.IOException;
import org.solera.bench.appliance.ApplianceBox;
import org.solera.bench.client.HttpReply;
import org.solera.bench.client.RestClient;

/** Installs a feature that changes nothing and takes it away again, as an operator would. */
final class FeatureOperation {
    private static final byte[] NOTHING = new byte[0];

    private final ApplianceBox box;

    FeatureOperation(ApplianceBox box) {
        this.box = box;
    }

    void run() throws IOException {
        try (RestClient rest = box.rest()) {
            require(rest.send("PUT", "/upgrades/features/scr-condition", "", NOTHING));
            require(rest.send("DELETE", "/upgrades/features/scr-condition", "", NOTHING));
        }
    }

    private static void require(HttpReply reply) throws IOException {
        if (reply.status() >= 300) {
            throw new IOException("The feature operation got status " + reply.status() + ": " + reply.excerpt(300));
        }
    }
}
