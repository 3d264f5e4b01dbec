// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.oidc.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class OidcPagesTest {
    private final ExecutorService threads = Executors.newFixedThreadPool(2);
    private final SteppingClock clock = new SteppingClock();
    private FakeProvider provider;
    private OidcPages pages;

    @BeforeEach
    void open() throws Exception {
        provider = new FakeProvider();
        pages = pages();
    }

    @AfterEach
    void close() {
        provider.close();
        threads.shutdownNow();
    }

    private OidcPages pages(String... changes) throws Exception {
        return OidcSignIn.pages(settings(provider.issuer(), changes), threads, clock, new FakeSessions());
    }

    private static OidcSettings settings(String issuer, String... changes) throws OidcException {
        Map<String, Object> values = new HashMap<>(Map.of("issuer", issuer, "clientId", "client"));
        for (int at = 0; at < changes.length; at += 2) {
            values.put(changes[at], changes[at + 1]);
        }
        return OidcSettings.of(values);
    }

    private FakeExchange call(FakeExchange exchange) throws Exception {
        pages.handle(exchange);
        return exchange;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "//evil.example.org",
                "/\\evil.example.org",
                "https://evil.example.org",
                "javascript:alert(1)",
                "",
                "evil",
                "/\t/evil.example.org",
                "/a\r\nSet-Cookie: a=b",
                "/ü",
                "\\/evil",
                " /"
            })
    void aBrowserIsNeverSentToAnotherSite(String path) {
        assertEquals("/", ReturnPath.local(path));
    }

    @Test
    void aBrowserReturnsToAPathOfTheAppliance() {
        for (String path : List.of("/", "/storage/buckets?x=%2F%2Fa#b", "/a//b")) {
            assertEquals(path, ReturnPath.local(path));
        }
        assertEquals("/", ReturnPath.local("/" + "a".repeat(2000)));
    }

    @Test
    void theStartAsksForACodeWithProofOfWhoAsks() throws Exception {
        FakeExchange begun = call(new FakeExchange("GET", OidcPages.START));
        assertEquals(303, begun.status());
        String address = begun.location();
        assertTrue(address.contains("&code_challenge_method=S256"), address);
        assertTrue(address.matches(".*&state=[A-Za-z0-9_-]{43}&nonce=[A-Za-z0-9_-]{43}&code_challenge=[\\w-]{43}&.*"));
        assertTrue(address.contains("redirect_uri=https%3A%2F%2Fbox.example.org%3A8443%2Fsignin%2Foidc%2Fcallback"));
        assertTrue(address.contains("&scope=openid+profile+email&"), address);
        assertEquals("no-store", begun.headers().get("Cache-Control"));
        String cookie = begun.cookies().get(0);
        assertTrue(
                cookie.matches(OidcPages.COOKIE + "=[\\w-]{43}; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=600"),
                cookie);
        FakeExchange other = call(new FakeExchange("GET", OidcPages.START));
        assertNotEquals(begun.location(), other.location());
        FakeExchange secondTab = call(new FakeExchange("GET", OidcPages.START, begun.cookie(OidcPages.COOKIE)));
        assertEquals(begun.cookie(OidcPages.COOKIE), secondTab.cookie(OidcPages.COOKIE));
        FakeExchange planted = call(new FakeExchange("GET", OidcPages.START, OidcPages.COOKIE + "=short"));
        assertNotEquals(OidcPages.COOKIE + "=short", planted.cookie(OidcPages.COOKIE));
    }

    /** The challenge of appendix B of RFC 7636. */
    @Test
    void theChallengeIsThatOfTheStandard() {
        Pending.Begun begun = new Pending.Begun(
                "", "", "", "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk", "", "", "", clock.instant());
        assertEquals("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM", begun.challenge());
    }

    @Test
    void theAddressOfTheApplianceCanBeGiven() throws Exception {
        pages = pages("baseAddress", "https://solera.example.org/");
        FakeExchange begun = call(new FakeExchange("GET", OidcPages.START).with("Host", "evil"));
        assertTrue(begun.location().contains("redirect_uri=https%3A%2F%2Fsolera.example.org%2Fsignin%2F"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a/b", "a:b", "user@a", "a:123456", "[::1", "a\\b"})
    void aHostThatIsNoneIsRefused(String host) throws Exception {
        FakeExchange answer = call(new FakeExchange("GET", OidcPages.START).with("Host", host));
        assertEquals("/?signin=failed&reason=invalid_request", answer.location());
    }

    @Test
    void onlyTwoAddressesAndOneMethodAreServed() throws Exception {
        assertEquals(404, call(new FakeExchange("GET", OidcPages.PREFIX)).status());
        assertEquals(404, call(new FakeExchange("GET", OidcPages.START + "/x")).status());
        assertEquals(405, call(new FakeExchange("POST", OidcPages.START)).status());
        assertEquals(405, call(new FakeExchange("HEAD", OidcPages.CALLBACK)).status());
        assertFalse(provider.asked.containsKey("/.well-known/openid-configuration"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"?state=a&state=b", "?state=%zz", "?%", "", "?state=", "?code=a", "?error=access_denied"})
    void aCallbackThatNobodyBeganIsRefused(String query) throws Exception {
        String location =
                call(new FakeExchange("GET", OidcPages.CALLBACK + query)).location();
        assertTrue(location.matches("/\\?signin=failed&reason=(sign_in_unknown|invalid_request)"), location);
    }

    @Test
    void signInsUnderWayAreBounded() {
        Pending pending = new Pending(clock);
        Pending.Begun first = pending.begin("", "r", "/", "10.0.0.1");
        for (int more = 0; more < Pending.MOST_OF_ORIGIN; more++) {
            pending.begin("", "r", "/", "10.0.0.1");
        }
        assertEquals(Pending.MOST_OF_ORIGIN, pending.size());
        assertTrue(pending.take(first.state(), first.browser()).isEmpty());
        Pending.Begun patient = pending.begin("", "r", "/", "10.1.0.1");
        for (int more = 0; more < Pending.MOST - Pending.MOST_OF_ORIGIN - 1; more++) {
            pending.begin("", "r", "/", "10.2.0." + more);
        }
        assertEquals(Pending.MOST, pending.size());
        pending.begin("", "r", "/", "10.3.0.1");
        assertEquals(Pending.MOST, pending.size());
        assertTrue(pending.take(patient.state(), patient.browser()).isPresent());
        assertTrue(pending.take(patient.state(), patient.browser()).isEmpty());
    }

    @Test
    void aSignInEndsAfterTenMinutes() {
        Pending pending = new Pending(clock);
        Pending.Begun slow = pending.begin("", "r", "/", "a");
        clock.step(Duration.ofSeconds(600));
        Pending.Begun later = pending.begin("", "r", "/", "a");
        clock.step(Duration.ofSeconds(1));
        assertTrue(pending.take(slow.state(), slow.browser()).isEmpty());
        assertEquals(1, pending.size());
        assertTrue(pending.take(later.state(), later.browser()).isPresent());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "issuer|http://provider.example.org",
                "issuer|provider",
                "issuer|https://user@provider.example.org",
                "issuer|https:///a",
                "clientId|''",
                "title|''",
                "nameClaim|''",
                "scopes|profile",
                "baseAddress|http://box",
                "baseAddress|https://box/path",
                "caPem|none"
            })
    void aSettingThatIsNoneIsNamed(String key, String value) {
        OidcException refused =
                assertThrows(OidcException.class, () -> settings("https://provider.example.org", key, value), key);
        assertTrue(refused.getMessage().contains(key), refused.getMessage());
    }
}
