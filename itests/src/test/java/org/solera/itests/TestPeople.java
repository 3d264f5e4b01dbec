// SPDX-License-Identifier: Apache-2.0
package org.solera.itests;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.solera.bench.appliance.ApplianceBox;
import org.solera.bench.appliance.Credentials;

/** Makes people on an appliance, as its owner. */
final class TestPeople {
    private TestPeople() {}

    static RawRest owner(ApplianceBox box) throws IOException {
        Credentials credentials = box.credentials();
        RawRest rest = new RawRest(ApplianceBox.HOST, box.restPort());
        assertEquals(
                200, rest.signIn(credentials.user(), credentials.password()).status());
        return rest;
    }

    /** Makes a person who has set a password of its own; {@return that password} */
    static String person(ApplianceBox box, RawRest owner, String name, String... grants) throws IOException {
        String first = "first-password-of-" + name;
        String own = "own-password-of-" + name;
        RawRest.Answer created = owner.send(
                "POST",
                "/api/v1/users/people",
                RawRest.json(Map.of("name", name, "password", first, "grants", List.of(grants))),
                Map.of());
        assertEquals(201, created.status(), created.body());
        try (RawRest rest = new RawRest(ApplianceBox.HOST, box.restPort())) {
            assertEquals(200, rest.signIn(name, first).status());
            RawRest.Answer changed = rest.send(
                    "PUT",
                    "/api/v1/users/me/password",
                    RawRest.json(Map.of("oldPassword", first, "newPassword", own)),
                    Map.of());
            assertEquals(204, changed.status(), changed.body());
        }
        return own;
    }

    /** {@return the secret of a new token of somebody} */
    static String token(RawRest owner, String name, boolean readOnly, String... grants) throws IOException {
        RawRest.Answer created = owner.send(
                "POST",
                "/api/v1/users/people/" + name + "/tokens",
                RawRest.json(Map.of(
                        "title",
                        "test",
                        "grants",
                        List.of(grants),
                        "readOnly",
                        readOnly,
                        "expiresAt",
                        java.time.Instant.now().plusSeconds(86_400).toString())),
                Map.of());
        assertEquals(201, created.status(), created.body());
        return created.json().get("secret").asText();
    }
}
