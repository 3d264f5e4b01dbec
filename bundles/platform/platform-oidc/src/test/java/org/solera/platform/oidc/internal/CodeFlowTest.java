// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.oidc.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.OkpJwkGenerator;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.keys.EllipticCurves;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.solera.platform.api.access.ExternalPerson;
import org.solera.platform.api.access.Session;

/** The whole flow against a real provider. */
@Timeout(120)
@TestMethodOrder(MethodOrderer.MethodName.class)
class CodeFlowTest {
    private static final String REDIRECT = "https://box.example.org:8443" + OidcPages.CALLBACK;

    @TempDir
    static Path folder;

    private static Glewlwyd provider;
    private static JsonWebKey rsa;
    private static final ExecutorService threads = Executors.newFixedThreadPool(4);

    private final FakeSessions sessions = new FakeSessions();
    private OidcPages pages;

    @BeforeAll
    static void start() throws Exception {
        rsa = key(RsaJwkGenerator.generateJwk(2048), "rsa", "RS256");
        provider = new Glewlwyd(folder, List.of(rsa), REDIRECT);
    }

    @AfterAll
    static void stop() throws Exception {
        provider.close();
        threads.shutdownNow();
    }

    @BeforeEach
    void open() throws Exception {
        pages = pages();
    }

    private static JsonWebKey key(JsonWebKey key, String id, String algorithm) {
        key.setKeyId(id);
        key.setAlgorithm(algorithm);
        return key;
    }

    private static Map<String, Object> values(Object... changes) throws Exception {
        Map<String, Object> values = new HashMap<>();
        values.put("issuer", provider.issuer());
        values.put("clientId", Glewlwyd.CLIENT);
        values.put("clientSecret", Glewlwyd.SECRET);
        values.put("scopes", "openid");
        values.put("caPem", provider.certificates.issuerPem());
        for (int at = 0; at < changes.length; at += 2) {
            values.put((String) changes[at], changes[at + 1]);
        }
        return values;
    }

    private OidcPages pages(Object... changes) throws Exception {
        return OidcSignIn.pages(OidcSettings.of(values(changes)), threads, Clock.systemUTC(), sessions);
    }

    private FakeExchange call(FakeExchange exchange) throws Exception {
        pages.handle(exchange);
        assertEquals(303, exchange.status());
        return exchange;
    }

    private FakeExchange begin() throws Exception {
        return call(new FakeExchange("GET", OidcPages.START + "?return=%2Fstorage%3Fa%3Db"));
    }

    private FakeExchange signIn() throws Exception {
        FakeExchange begun = begin();
        String back = provider.visitor().follow(begun.location());
        assertTrue(back.startsWith(REDIRECT + "?"), back);
        return call(new FakeExchange("GET", local(back), begun.cookie(OidcPages.COOKIE)));
    }

    private static String local(String address) {
        return address.substring(address.indexOf(OidcPages.CALLBACK));
    }

    private void assertSignedIn(FakeExchange answer) {
        assertEquals("/storage?a=b", answer.location());
        assertEquals(Session.COOKIE + "=" + FakeSessions.SECRET, answer.cookie(Session.COOKIE));
        ExternalPerson oscar = sessions.people.get(sessions.people.size() - 1);
        assertEquals("oidc", oscar.source());
        assertEquals("oscar", oscar.name());
        assertEquals("Oscar Example", oscar.displayName());
        assertEquals("oscar@example.org", oscar.email());
        assertEquals(Set.of("operators", "photographers"), oscar.groups());
        assertTrue(oscar.subject().matches(provider.issuer() + " [A-Za-z0-9]{32}"), oscar.subject());
    }

    @Test
    void aPersonSignsInAndReturnsToItsPage() throws Exception {
        FakeExchange answer = signIn();
        assertSignedIn(answer);
        for (String cookie : answer.cookies()) {
            assertTrue(cookie.contains("; Path=/; Secure; HttpOnly; SameSite=Lax"), cookie);
        }
        assertTrue(
                answer.cookies().stream()
                        .anyMatch(each -> each.startsWith(OidcPages.COOKIE + "=;") && each.contains("Max-Age=0")),
                answer.cookies().toString());
    }

    @Test
    void theSamePersonHasTheSameSubject() throws Exception {
        assertSignedIn(signIn());
        assertSignedIn(signIn());
        assertEquals(sessions.people.get(0), sessions.people.get(1));
    }

    @Test
    void userInfoTellsTheSamePerson() throws Exception {
        pages = pages("userInfo", true);
        assertSignedIn(signIn());
    }

    @Test
    void anAnswerIsTakenOnce() throws Exception {
        FakeExchange begun = begin();
        String back = local(provider.visitor().follow(begun.location()));
        assertSignedIn(call(new FakeExchange("GET", back, begun.cookie(OidcPages.COOKIE))));
        FakeExchange again = call(new FakeExchange("GET", back, begun.cookie(OidcPages.COOKIE)));
        assertEquals("/?signin=failed&reason=sign_in_unknown", again.location());
        assertEquals(1, sessions.people.size());
    }

    @Test
    void anotherBrowserCannotTakeTheAnswer() throws Exception {
        FakeExchange begun = begin();
        String back = local(provider.visitor().follow(begun.location()));
        String foreign = begin().cookie(OidcPages.COOKIE);
        for (FakeExchange stranger : List.of(new FakeExchange("GET", back), new FakeExchange("GET", back, foreign))) {
            assertEquals(
                    "/?signin=failed&reason=sign_in_unknown", call(stranger).location());
        }
        assertSignedIn(call(new FakeExchange("GET", back, begun.cookie(OidcPages.COOKIE))));
    }

    @Test
    void aCodeOfAnotherSignInIsRefusedByTheProvider() throws Exception {
        FakeExchange stolen = begin();
        String code = provider.visitor().follow(stolen.location()).replaceAll(".*[?&]code=([^&]*).*", "$1");
        FakeExchange own = begin();
        String back = local(provider.visitor().follow(own.location())).replaceAll("code=[^&]*", "code=" + code);
        FakeExchange answer = call(new FakeExchange("GET", back, own.cookie(OidcPages.COOKIE)));
        assertEquals("/?signin=failed&reason=provider_mismatch", answer.location()); // its verifier is another one
        assertTrue(sessions.people.isEmpty());
    }

    @Test
    void aWrongClientSecretIsRefused() throws Exception {
        pages = pages("clientSecret", "wrong");
        assertEquals("/?signin=failed&reason=provider_mismatch", signIn().location());
    }

    @Test
    void whoTheApplianceDoesNotTakeInIsToldSo() throws Exception {
        sessions.refusing = true;
        FakeExchange answer = signIn();
        assertEquals("/?signin=failed&reason=forbidden", answer.location());
        assertEquals("", answer.cookie(Session.COOKIE));
    }

    @Test
    void newKeysOfTheProviderAreFetchedWhenATokenNamesOne() throws Exception {
        SteppingClock clock = new SteppingClock();
        pages = OidcSignIn.pages(OidcSettings.of(values()), threads, clock, sessions);
        assertSignedIn(signIn());
        JsonWebKey ec = key(EcJwkGenerator.generateJwk(EllipticCurves.P256), "ec", "ES256");
        JsonWebKey ed = key(OkpJwkGenerator.generateJwk("Ed25519"), "ed", "EdDSA");
        try {
            provider.rotate(List.of(ec, rsa));
            assertEquals("/?signin=failed&reason=token_refused", signIn().location()); // asked a moment ago
            clock.step(Duration.ofSeconds(11));
            assertSignedIn(signIn());
            provider.rotate(List.of(ed, ec));
            clock.step(Duration.ofSeconds(11));
            assertSignedIn(signIn());
        } finally {
            provider.rotate(List.of(rsa));
        }
    }

    @Test
    void theSettingsCanBeTried() throws Exception {
        try (Trial trial = new Trial()) {
            String found = trial.section.test(values());
            assertTrue(found.contains("1 keys") && !found.contains("PKCE"), found);
            assertThrows(OidcException.class, () -> trial.section.test(values("caPem", "")));
            assertThrows(OidcException.class, () -> trial.section.test(values("issuer", provider.issuer() + "/")));
        }
    }

    /** A section that is closed in the end. */
    private static final class Trial implements AutoCloseable {
        final OidcSection section = new OidcSection(new TestExecutors(), Clock.systemUTC());

        @Override
        public void close() {
            section.close();
        }
    }

    @Test
    void withoutTheProviderTheSignInEndsWithAReason() throws Exception {
        provider.stop();
        try {
            FakeExchange answer = begin();
            assertEquals("/?signin=failed&reason=provider_unavailable", answer.location());
        } finally {
            provider.start();
        }
        assertSignedIn(signInOnceItAnswers());
    }

    private FakeExchange signInOnceItAnswers() throws Exception {
        pages = pages(); // the other one leaves the provider alone for a moment
        return signIn();
    }
}
