// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.oidc.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.jose4j.json.JsonUtil;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.OctetSequenceJsonWebKey;
import org.jose4j.jwk.OkpJwkGenerator;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.keys.HmacKey;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.solera.platform.api.access.Session;

/** What a provider, or whoever stands between, may send that must not open a session. */
@Timeout(60)
class HostileProviderTest {
    private static final ExecutorService threads = Executors.newFixedThreadPool(4);
    private static PublicJsonWebKey key;

    private final FakeSessions sessions = new FakeSessions();
    private final SteppingClock clock = new SteppingClock();
    private FakeProvider provider;
    private OidcPages pages;
    private FakeExchange begun;

    @BeforeAll
    static void makeKey() throws Exception {
        key = RsaJwkGenerator.generateJwk(2048);
        key.setKeyId("one");
    }

    @AfterAll
    static void stop() {
        threads.shutdownNow();
    }

    @BeforeEach
    void open() throws Exception {
        provider = new FakeProvider();
        provider.publish(key);
        pages = pages();
    }

    @AfterEach
    void close() {
        provider.close();
    }

    private OidcPages pages(Object... changes) throws Exception {
        Map<String, Object> values =
                new HashMap<>(Map.of("issuer", provider.issuer(), "clientId", "client", "clientSecret", "s: ü"));
        for (int at = 0; at < changes.length; at += 2) {
            values.put((String) changes[at], changes[at + 1]);
        }
        return OidcSignIn.pages(OidcSettings.of(values), threads, clock, sessions);
    }

    private FakeExchange call(FakeExchange exchange) throws Exception {
        pages.handle(exchange);
        return exchange;
    }

    private static String parameter(String address, String name) {
        return address.replaceAll(".*[?&]" + name + "=([^&]*).*", "$1");
    }

    private String begin() throws Exception {
        begun = call(new FakeExchange("GET", OidcPages.START));
        return parameter(begun.location(), "nonce");
    }

    private FakeExchange finish(String more) throws Exception {
        String state = parameter(begun.location(), "state");
        return call(new FakeExchange(
                "GET", OidcPages.CALLBACK + "?state=" + state + "&" + more, begun.cookie(OidcPages.COOKIE)));
    }

    private FakeExchange finish() throws Exception {
        return finish("code=c");
    }

    private void assertFailed(String reason, FakeExchange answer) {
        assertEquals("/?signin=failed&reason=" + reason, answer.location());
        assertEquals("", answer.cookie(Session.COOKIE));
        assertTrue(sessions.people.isEmpty());
    }

    private void assertTokenRefused(Consumer<Map<String, Object>> change) throws Exception {
        Map<String, Object> claims = provider.claims(begin());
        change.accept(claims);
        provider.tokenIs(FakeProvider.signed(key, "RS256", claims));
        assertFailed("token_refused", finish());
    }

    @Test
    void aTokenThatHoldsOpensASession() throws Exception {
        provider.tokenIs(FakeProvider.signed(key, "RS256", provider.claims(begin())));
        assertEquals("/", finish().location());
        assertEquals("alice", sessions.people.get(0).name());
        assertEquals(provider.issuer() + " person-1", sessions.people.get(0).subject());
        assertEquals("Basic " + base64("client:s%3A+%C3%BC"), provider.lastAuthorization);
        assertFalse(provider.lastForm.contains("secret"), provider.lastForm);
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void theSecretGoesWhereTheProviderTakesIt() throws Exception {
        provider.document.put("token_endpoint_auth_methods_supported", List.of("client_secret_post"));
        provider.tokenIs(FakeProvider.signed(key, "RS256", provider.claims(begin())));
        assertEquals("/", finish().location());
        assertTrue(provider.lastForm.contains("client_id=client&client_secret=s%3A+%C3%BC"), provider.lastForm);
        assertEquals("null", provider.lastAuthorization);
    }

    @Test
    void keysOfOtherKindsAreTakenToo() throws Exception {
        PublicJsonWebKey ec = EcJwkGenerator.generateJwk(EllipticCurves.P256);
        PublicJsonWebKey ed = OkpJwkGenerator.generateJwk("Ed25519");
        ec.setKeyId("ec");
        ed.setKeyId("ed");
        provider.publish(ec, ed);
        provider.tokenIs(FakeProvider.signed(ec, "ES256", provider.claims(begin())));
        assertEquals("/", finish().location());
        provider.tokenIs(FakeProvider.signed(ed, "EdDSA", provider.claims(begin())));
        assertEquals("/", finish().location());
    }

    @Test
    void claimsThatDoNotHoldAreRefused() throws Exception {
        long now = clock.instant().getEpochSecond();
        assertTokenRefused(claims -> claims.put("iss", "http://127.0.0.1:1"));
        assertTokenRefused(claims -> claims.remove("iss"));
        assertTokenRefused(claims -> claims.put("aud", "other"));
        assertTokenRefused(claims -> claims.remove("aud"));
        assertTokenRefused(claims -> claims.put("aud", List.of("client", "other"))); // without azp
        assertTokenRefused(claims -> claims.put("azp", "other"));
        assertTokenRefused(claims -> claims.put("exp", now - 120));
        assertTokenRefused(claims -> claims.remove("exp"));
        assertTokenRefused(claims -> claims.remove("iat"));
        assertTokenRefused(claims -> claims.put("nbf", now + 600));
        assertTokenRefused(claims -> claims.put("nonce", "other"));
        assertTokenRefused(claims -> claims.remove("nonce"));
        assertTokenRefused(claims -> claims.remove("sub"));
        assertTokenRefused(claims -> claims.put("nonce", 7));
    }

    @Test
    void algorithmsBeyondTheListAreRefused() throws Exception {
        String claims = JsonUtil.toJson(provider.claims(begin()));
        provider.tokenIs(url("{\"alg\":\"none\"}") + "." + url(claims) + ".");
        assertFailed("token_refused", finish());

        PublicKey published = key.getPublicKey();
        OctetSequenceJsonWebKey confused = new OctetSequenceJsonWebKey(new HmacKey(published.getEncoded()));
        confused.setKeyId("one");
        provider.tokenIs(FakeProvider.signed(confused, "HS256", provider.claims(begin())));
        assertFailed("token_refused", finish());

        for (String algorithm : List.of("RS384", "PS256")) {
            provider.tokenIs(FakeProvider.signed(key, algorithm, provider.claims(begin())));
            assertFailed("token_refused", finish());
        }
    }

    private static String url(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aSignatureByAnotherKeyIsRefused() throws Exception {
        PublicJsonWebKey stranger = RsaJwkGenerator.generateJwk(2048);
        stranger.setKeyId("one");
        provider.tokenIs(FakeProvider.signed(stranger, "RS256", provider.claims(begin())));
        assertFailed("token_refused", finish());
        PublicJsonWebKey weak = RsaJwkGenerator.generateJwk(1024);
        weak.setKeyId("weak");
        provider.publish(weak);
        clock.step(Duration.ofSeconds(11));
        provider.tokenIs(FakeProvider.signed(weak, "RS256", provider.claims(begin())));
        assertFailed("token_refused", finish());
    }

    @Test
    void tokensWithUnknownKeysDoNotMakeItAskForKeysAllTheTime() throws Exception {
        PublicJsonWebKey unknown = RsaJwkGenerator.generateJwk(2048);
        unknown.setKeyId("unknown");
        for (int token = 0; token < 20; token++) {
            provider.tokenIs(FakeProvider.signed(unknown, "RS256", provider.claims(begin())));
            assertFailed("token_refused", finish());
        }
        assertEquals(1, provider.asked.get("/keys").get());
        clock.step(Duration.ofSeconds(11));
        provider.tokenIs(FakeProvider.signed(unknown, "RS256", provider.claims(begin())));
        assertFailed("token_refused", finish());
        assertEquals(2, provider.asked.get("/keys").get());
        assertEquals(1, provider.asked.get("/.well-known/openid-configuration").get());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "{}", "[]", "null", "{\"id_token\":7}", "{\"id_token\":\"a.b.c\"}", "{\"id_token\":", "x"})
    void anAnswerThatIsNoneIsRefused(String body) throws Exception {
        begin();
        provider.bodies.put("/token", body);
        String reason = finish().location().replaceAll(".*reason=", "");
        assertTrue(Set.of("provider_mismatch", "token_refused").contains(reason), reason);
    }

    @Test
    void aDocumentOfAnotherIssuerIsRefused() throws Exception {
        provider.document.put("issuer", "https://other.example.org");
        assertFailed("provider_mismatch", call(new FakeExchange("GET", OidcPages.START)));
    }

    @Test
    void addressesThatAreNotEncryptedAreRefused() throws Exception {
        for (String place : List.of("authorization_endpoint", "token_endpoint", "jwks_uri")) {
            Object before = provider.document.put(place, "http://provider.example.org/");
            pages = pages();
            assertFailed("provider_mismatch", call(new FakeExchange("GET", OidcPages.START)));
            provider.document.put(place, before);
        }
        provider.document.remove("jwks_uri");
        pages = pages();
        assertFailed("provider_mismatch", call(new FakeExchange("GET", OidcPages.START)));
    }

    @Test
    void redirectsAreNotFollowed() throws Exception {
        provider.redirected = "/.well-known/openid-configuration";
        assertFailed("provider_mismatch", call(new FakeExchange("GET", OidcPages.START)));
        assertFalse(provider.asked.containsKey("/elsewhere"));
    }

    @Test
    void anAnswerWithoutEndIsCutOff() throws Exception {
        provider.bodies.put("/.well-known/openid-configuration", "{\"issuer\":\"" + "x".repeat(600 << 10) + "\"}");
        assertFailed("provider_unavailable", call(new FakeExchange("GET", OidcPages.START)));
    }

    @Test
    void aProviderThatStopsInTheMiddleIsGivenUpAndLeftAlone() throws Exception {
        provider.silent = "/.well-known/openid-configuration";
        assertFailed("provider_unavailable", call(new FakeExchange("GET", OidcPages.START)));
        assertFailed("provider_unavailable", call(new FakeExchange("GET", OidcPages.START)));
        assertEquals(1, provider.asked.get("/.well-known/openid-configuration").get());
        provider.silent = "";
        clock.step(Duration.ofSeconds(6));
        begin();
        assertTrue(begun.location().startsWith(provider.issuer() + "/authorize?a=b&response_type=code&"));
    }

    @Test
    void refusalsOfTheProviderAreTold() throws Exception {
        begin();
        assertFailed("sign_in_denied", finish("error=access_denied"));
        begin();
        assertFailed("provider_mismatch", finish("error=server_error%0Aforged"));
        provider.tokenIs(FakeProvider.signed(key, "RS256", provider.claims(begin())));
        assertFailed("provider_mismatch", finish("code=c&iss=https%3A%2F%2Fother.example.org"));
        assertFalse(provider.asked.containsKey("/token")); // the code is of another provider
        begin();
        assertFailed("provider_mismatch", finish("code="));
        begin();
        assertFailed("provider_mismatch", finish("code=" + "c".repeat(5000)));
        assertFailed("sign_in_unknown", finish());
    }

    @Test
    void userInfoOfSomebodyElseIsRefused() throws Exception {
        pages = pages("userInfo", true);
        provider.bodies.put("/userinfo", "{\"sub\":\"person-2\",\"groups\":[\"admins\"]}");
        provider.tokenIs(FakeProvider.signed(key, "RS256", provider.claims(begin())));
        assertFailed("token_refused", finish());
        provider.bodies.put(
                "/userinfo", "{\"sub\":\"person-1\",\"preferred_username\":\"root\",\"groups\":[\"a\",7,\"\"]}");
        provider.tokenIs(FakeProvider.signed(key, "RS256", provider.claims(begin())));
        assertEquals("/", finish().location());
        assertEquals("alice", sessions.people.get(0).name()); // what is signed counts
        assertEquals(Set.of("a"), sessions.people.get(0).groups());
    }

    @Test
    void claimsAreFoundWhereTheSettingsSay() throws Exception {
        pages = pages("nameClaim", "email", "groupsClaim", "realm_access.roles", "displayNameClaim", "");
        Map<String, Object> claims = provider.claims(begin());
        claims.put("realm_access", Map.of("roles", List.of("one", "two")));
        claims.put("email", "a@example.org");
        claims.put("email_verified", false);
        provider.tokenIs(FakeProvider.signed(key, "RS256", claims));
        assertFailed("claim_missing", finish());
        claims.put("nonce", begin());
        claims.put("email_verified", true);
        provider.tokenIs(FakeProvider.signed(key, "RS256", claims));
        assertEquals("/", finish().location());
        assertEquals("a@example.org", sessions.people.get(0).name());
        assertEquals("", sessions.people.get(0).displayName());
        assertEquals(Set.of("one", "two"), sessions.people.get(0).groups());
    }

    @Test
    void aPersonWithoutANameIsRefused() throws Exception {
        Map<String, Object> claims = provider.claims(begin());
        claims.remove("preferred_username");
        provider.tokenIs(FakeProvider.signed(key, "RS256", claims));
        assertFailed("claim_missing", finish());
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"keys\":7}", "{\"keys\":[7]}", "{}", "", "[]"})
    void keysThatCannotBeReadAreAFaultOfTheProvider(String body) throws Exception {
        provider.bodies.put("/keys", body);
        provider.tokenIs(FakeProvider.signed(key, "RS256", provider.claims(begin())));
        assertFailed("provider_mismatch", finish());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{\"keys\":[]}", "{\"keys\":[{}]}", "{\"keys\":[{\"kty\":\"RSA\",\"kid\":\"one\",\"n\":\"?\"}]}"
            })
    void keysThatAreNoneOpenNothing(String body) throws Exception {
        provider.bodies.put("/keys", body);
        provider.tokenIs(FakeProvider.signed(key, "RS256", provider.claims(begin())));
        assertFailed("token_refused", finish());
    }
}
