// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.oidc.internal;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.solera.platform.api.access.ExternalPerson;

/** The two halves of the authorization code flow: where the browser is sent, and what its return means. Thread-safe. */
final class SignInFlow {
    private static final int LONGEST_CODE = 4096;

    private final OidcSettings settings;
    private final Exchange exchange;
    private final Provider provider;
    private final IdTokens tokens;
    private final Claims claims;

    SignInFlow(OidcSettings settings, Exchange exchange, Provider provider, IdTokens tokens) {
        this.settings = settings;
        this.exchange = exchange;
        this.provider = provider;
        this.tokens = tokens;
        this.claims = new Claims(settings);
    }

    /** {@return the address of the provider for this sign-in} */
    String address(Pending.Begun begun) throws OidcException {
        Map<String, String> query = new LinkedHashMap<>();
        query.put("response_type", "code");
        query.put("client_id", settings.clientId());
        query.put("redirect_uri", begun.redirect());
        query.put("scope", settings.scopes());
        query.put("state", begun.state());
        query.put("nonce", begun.nonce());
        query.put("code_challenge", begun.challenge());
        query.put("code_challenge_method", "S256");
        URI where = provider.document().authorization();
        return where + (where.getQuery() == null ? "?" : "&") + form(query);
    }

    /**
     * Reads what the browser brings back.
     *
     * @param query parameters of the callback
     */
    ExternalPerson person(Pending.Begun begun, Map<String, String> query) throws OidcException {
        if (query.containsKey("error")) {
            String error = query.getOrDefault("error", "");
            throw error.equals("access_denied")
                    ? OidcException.denied()
                    : OidcException.mismatch(
                            "The provider refused the sign-in: %s.".formatted(Exchange.plain(error)), null);
        }
        if (query.containsKey("iss") && !settings.issuer().equals(query.get("iss"))) {
            throw OidcException.mismatch("The answer comes from another provider.", null); // RFC 9207
        }
        String code = query.getOrDefault("code", "");
        if (code.isEmpty() || code.length() > LONGEST_CODE) {
            throw OidcException.mismatch("The provider sent no code.", null);
        }
        Map<String, Object> answer = redeem(begun, code);
        if (!(answer.get("id_token") instanceof String token)) {
            throw OidcException.mismatch("The provider sent no ID token.", null);
        }
        Map<String, Object> known = new HashMap<>(tokens.check(token, begun.nonce()));
        if (settings.userInfo()) {
            askMore(known, answer.get("access_token") instanceof String access ? access : "");
        }
        return claims.person(known);
    }

    private Map<String, Object> redeem(Pending.Begun begun, String code) throws OidcException {
        Provider.Document document = provider.document();
        Map<String, String> body = new LinkedHashMap<>();
        body.put("grant_type", "authorization_code");
        body.put("code", code);
        body.put("redirect_uri", begun.redirect());
        body.put("code_verifier", begun.verifier());
        boolean inHeader = !settings.clientSecret().isEmpty() && !document.secretInBody();
        if (!inHeader) {
            body.put("client_id", settings.clientId());
        }
        if (!inHeader && !settings.clientSecret().isEmpty()) {
            body.put("client_secret", settings.clientSecret());
        }
        String[] headers = inHeader ? new String[] {"Authorization", basic()} : new String[0];
        Exchange.Answer answer = exchange.post(document.token(), form(body), headers);
        if (!answer.ok()) {
            throw OidcException.mismatch("The provider did not redeem the code: %s.".formatted(answer.error()), null);
        }
        return answer.json();
    }

    private String basic() {
        String pair = encode(settings.clientId()) + ":" + encode(settings.clientSecret()); // RFC 6749, 2.3.1
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.US_ASCII));
    }

    /** Adds what userinfo tells beyond the ID token. */
    private void askMore(Map<String, Object> known, String access) throws OidcException {
        URI where = provider.document().userInfo();
        if (where == null || access.isEmpty() || !access.matches("[!-~]+")) {
            throw OidcException.mismatch("The provider has no userinfo, or gave no access to it.", null);
        }
        Exchange.Answer answer = exchange.get(where, "Authorization", "Bearer " + access);
        if (!answer.ok()) {
            throw OidcException.mismatch("The provider does not tell userinfo: %s.".formatted(answer.error()), null);
        }
        if (!Objects.equals(known.get("sub"), answer.json().get("sub"))) {
            throw OidcException.token("Userinfo is about somebody else.", null);
        }
        answer.json().forEach(known::putIfAbsent);
    }

    private static String form(Map<String, String> values) {
        return values.entrySet().stream()
                .map(each -> encode(each.getKey()) + "=" + encode(each.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
