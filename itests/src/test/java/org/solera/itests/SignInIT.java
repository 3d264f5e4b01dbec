// SPDX-License-Identifier: Apache-2.0
package org.solera.itests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.solera.bench.appliance.ApplianceBox;
import org.solera.bench.appliance.Polling;
import org.solera.bench.client.HttpConnection;
import org.solera.bench.client.HttpReply;
import org.solera.bench.client.RestClient;
import org.solera.platform.ldap.internal.Slapd;
import org.solera.platform.oidc.internal.Glewlwyd;

/** People of a directory and of an identity provider sign in to the booted appliance; both are real servers. */
@ExtendWith(SharedAppliance.class)
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class SignInIT {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path folder;

    private static HttpReply change(RestClient rest, String method, String path, Object body, String... headers)
            throws IOException {
        Map<String, String> more = new HashMap<>();
        for (int at = 0; at < headers.length; at += 2) {
            more.put(headers[at], headers[at + 1]);
        }
        return rest.send(method, path, "application/json", JSON.writeValueAsBytes(body), more);
    }

    private static void set(RestClient rest, String section, Map<String, ?> values) throws IOException {
        String version = rest.get("/system/settings/" + section).header("etag");
        HttpReply reply =
                change(rest, "PUT", "/system/settings/" + section, Map.of("values", values), "If-Match", version);
        assertEquals(200, reply.status(), reply.text());
    }

    private static void group(RestClient rest, String name, String grant, String external) throws IOException {
        Map<String, Object> group =
                Map.of("name", name, "description", "", "grants", List.of(grant), "external", List.of(external));
        HttpReply reply = change(rest, "POST", "/users/groups", group, "Idempotency-Key", "sign-in-" + name);
        assertEquals(201, reply.status(), reply.text());
    }

    private static HttpReply send(ApplianceBox box, String method, String target, String cookie, Object body)
            throws IOException {
        try (HttpConnection connection = new HttpConnection(ApplianceBox.HOST, box.restPort(), true, LIMIT)) {
            Map<String, String> headers = new HashMap<>(Map.of("Content-Type", "application/json"));
            if (!cookie.isEmpty()) {
                headers.put("Cookie", cookie);
            }
            return connection.exchange(
                    method, target, headers, body == null ? new byte[0] : JSON.writeValueAsBytes(body));
        }
    }

    private static HttpReply signIn(ApplianceBox box, String name, String password) throws IOException {
        return send(box, "POST", "/api/v1/users/session", "", Map.of("name", name, "password", password));
    }

    private static String cookie(HttpReply reply) {
        return reply.header("set-cookie").split(";", 2)[0];
    }

    private static void assertSession(ApplianceBox box, String cookie, String name, String source, String grant)
            throws IOException {
        JsonNode session = RestClient.parse(send(box, "GET", "/api/v1/users/session", cookie, null));
        assertTrue(session.path("signedIn").asBoolean(), session.toString());
        assertEquals(name, session.path("name").asText());
        assertEquals(source, session.path("source").asText());
        assertEquals("[\"" + grant + "\"]", session.path("grants").toString());
        assertEquals(
                200, send(box, "GET", "/api/v1/storage/buckets", cookie, null).status());
        assertEquals(403, send(box, "GET", "/api/v1/users/people", cookie, null).status());
    }

    @Test
    void peopleOfADirectorySignInWithWhatTheirGroupMay(ApplianceBox box) throws Exception {
        try (Slapd slapd = new Slapd(folder);
                RestClient rest = box.rest()) {
            Map<String, Object> values = Map.of(
                    "url",
                    "ldap://127.0.0.1:" + slapd.port,
                    "bindDn",
                    Slapd.SEARCH_DN,
                    "bindPassword",
                    Slapd.SEARCH_PASSWORD,
                    "userBase",
                    "ou=people," + Slapd.SUFFIX,
                    "groupBase",
                    "ou=groups," + Slapd.SUFFIX,
                    "groupNameAttribute",
                    "", // by DN alone: the provider of the other test has groups of the same short names
                    "caPem",
                    slapd.certificates.issuerPem());
            HttpReply tried = change(rest, "POST", "/system/settings/ldap/test", Map.of("values", values));
            assertEquals(200, tried.status(), tried.text());
            group(rest, "directory", "OPERATOR@bucket:photos", "cn=Operators,ou=groups," + Slapd.SUFFIX);
            set(rest, "ldap", values);
            String kept = rest.get("/system/settings/ldap").text();
            assertFalse(kept.contains(Slapd.SEARCH_PASSWORD), kept);

            Polling.await(
                    "the sign-in of a person of the directory",
                    LIMIT,
                    () -> signIn(box, "alice", "correct horse battery").status() == 200);
            HttpReply alice = signIn(box, "Alice", "correct horse battery");
            assertSession(box, cookie(alice), "alice", "ldap", "OPERATOR@bucket:photos");
            assertEquals(401, signIn(box, "alice", "wrong").status());
            assertEquals(401, signIn(box, "al*", "correct horse battery").status());

            set(rest, "ldap", Map.of("url", ""));
        }
    }

    @Test
    void peopleOfAnIdentityProviderSignInWithWhatTheirGroupMay(ApplianceBox box) throws Exception {
        String base = "https://" + ApplianceBox.HOST + ":" + box.restPort();
        JsonWebKey key = RsaJwkGenerator.generateJwk(2048);
        key.setKeyId("one");
        key.setAlgorithm("RS256");
        try (Glewlwyd provider = new Glewlwyd(folder, List.of(key), base + "/signin/oidc/callback");
                RestClient rest = box.rest()) {
            Map<String, Object> values = Map.of(
                    "issuer",
                    provider.issuer(),
                    "clientId",
                    Glewlwyd.CLIENT,
                    "clientSecret",
                    Glewlwyd.SECRET,
                    "scopes",
                    "openid",
                    "title",
                    "Glewlwyd",
                    "caPem",
                    provider.certificates.issuerPem());
            HttpReply tried = change(rest, "POST", "/system/settings/oidc/test", Map.of("values", values));
            assertEquals(200, tried.status(), tried.text());
            group(rest, "provided", "VIEWER", "photographers");
            set(rest, "oidc", values);
            Polling.await(
                    "the offer on the sign-in page",
                    LIMIT,
                    () -> send(box, "GET", "/api/v1/users/session", "", null)
                            .text()
                            .contains("\"startPath\":\"/signin/oidc/start\""));

            HttpReply start = send(box, "GET", "/signin/oidc/start?return=%2Fstorage", "", null);
            assertEquals(303, start.status(), start.text());
            String back = provider.visitor().follow(start.header("location"));
            assertTrue(back.startsWith(base), back);
            String callback = back.substring(base.length());
            HttpReply stranger = send(box, "GET", callback, "", null);
            assertEquals("/?signin=failed&reason=sign_in_unknown", stranger.header("location"));
            HttpReply done = send(box, "GET", callback, cookie(start), null);
            assertEquals("/storage", done.header("location"));
            assertSession(box, cookie(done), Glewlwyd.PERSON, "oidc", "VIEWER");

            set(rest, "oidc", Map.of("issuer", ""));
        }
    }
}
