// SPDX-License-Identifier: Apache-2.0
package org.solera.bench.hostile;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.solera.bench.appliance.ApplianceBox;
import org.solera.bench.client.HttpConnection;
import org.solera.bench.client.HttpReply;
import org.solera.bench.client.RestClient;
import org.solera.bench.client.Wire;

/** Wrong logins, paths and bodies for REST. */
final class RestAttacks {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final String SWAPS = "/api/v1/upgrades/swaps";
    private static final byte[] NOTHING = new byte[0];

    private final ApplianceBox box;

    RestAttacks(ApplianceBox box) {
        this.box = box;
    }

    List<HostileCase> cases() {
        List<HostileCase> cases = new ArrayList<>();
        logins(cases);
        paths(cases);
        bodies(cases);
        return cases;
    }

    private void logins(List<HostileCase> cases) {
        Set<Integer> denied = Set.of(400, 401, 403);
        add(cases, "no login", denied, () -> send("GET", SWAPS, Map.of(), NOTHING));
        for (String header : List.of(
                "Basic " + base64("somebody:wrong"),
                "Basic " + base64("nocolon"),
                "Basic " + base64("a\nb:c\r\nX-Injected: 1"),
                "Basic %%%%",
                "Basic",
                "Bearer eyJhbGciOiJub25lIn0.e30.",
                "Digest username=\"admin\"",
                "Basic " + base64("somebody:" + "p".repeat(8_000)))) {
            String shown = header.length() > 30 ? header.substring(0, 30) + "..." : header;
            add(
                    cases,
                    "authorization '" + shown + "'",
                    denied,
                    () -> send("GET", SWAPS, Map.of("Authorization", header), NOTHING));
        }
    }

    private void paths(List<HostileCase> cases) {
        Set<Integer> nowhere = Set.of(400, 401, 403, 404);
        for (String path : List.of(
                "/api/v1/../../../etc/passwd",
                "/api/v1/%2e%2e/%2e%2e/etc/passwd",
                "/api/v1/%252e%252e%252fetc",
                "/api/v1/system/..;/..;/manager/html",
                "/api/v1/nothing/here",
                "/WEB-INF/web.xml",
                "/system/console")) {
            add(cases, "path " + path, nowhere, () -> send("GET", path, Map.of(), NOTHING));
        }
        add(
                cases,
                "DELETE of health",
                Set.of(401, 403, 404, 405),
                () -> send("DELETE", "/api/v1/system/health", Map.of(), NOTHING));
        add(
                cases,
                "TRACE",
                Set.of(400, 401, 403, 404, 405, 501),
                () -> send("TRACE", "/api/v1/system/health", Map.of(), NOTHING));
        add(cases, "plain HTTP on the TLS port", Set.of(308, 400, 403, 426), () -> {
            try (Wire wire = new Wire(ApplianceBox.HOST, box.restPort(), false, TIMEOUT)) {
                wire.send("GET /api/v1/system/health HTTP/1.1\r\nHost: a\r\n\r\n");
                return wire.reply("GET");
            }
        });
    }

    private void bodies(List<HostileCase> cases) {
        Set<Integer> bad = Set.of(400, 404, 405, 409, 415, 422);
        add(cases, "JSON nested 100,000 deep", bad, () -> post("application/json", "[".repeat(100_000)));
        add(cases, "JSON that is none", bad, () -> post("application/json", "{\"plan\":"));
        add(cases, "text instead of a bundle", bad, () -> post("application/octet-stream", "This is no bundle."));
        add(cases, "XML instead of JSON", bad, () -> post("application/xml", "<a/>"));
        add(cases, "media type that is none", bad, () -> post("a b c", "x"));
        add(cases, "no body", bad, () -> post("application/json", ""));
    }

    private void add(List<HostileCase> cases, String name, Set<Integer> statuses, HostileCase.Attack attack) {
        cases.add(new HostileCase(Edge.REST, name, attack, statuses));
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private HttpReply post(String type, String body) throws IOException {
        try (RestClient rest = box.rest()) {
            return rest.send("POST", "/upgrades/swaps", type, body.getBytes(StandardCharsets.UTF_8));
        }
    }

    private HttpReply send(String method, String path, Map<String, String> headers, byte[] body) throws IOException {
        try (HttpConnection connection = new HttpConnection(ApplianceBox.HOST, box.restPort(), true, TIMEOUT)) {
            return connection.exchange(method, path, headers, body);
        }
    }
}
