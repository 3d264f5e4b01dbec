// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.oidc.internal;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import javax.net.ssl.SSLContext;

/**
 * Settings of a provider, checked. Immutable.
 *
 * @param issuer how the provider names itself
 * @param clientId how it names this appliance
 * @param clientSecret what proves that to it; empty for a public client
 * @param title what stands on the button
 * @param baseAddress how browsers reach this appliance; empty: as each of them names it
 * @param scopes what is asked for, by blanks
 * @param claims where to find what about a person
 * @param userInfo whether userinfo is asked too
 * @param tls trusts the issuers of the provider's certificate
 */
record OidcSettings(
        String issuer,
        String clientId,
        String clientSecret,
        String title,
        String baseAddress,
        String scopes,
        Claims claims,
        boolean userInfo,
        SSLContext tls) {
    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");

    /** Names of claims; an empty name means that the claim is not read. */
    record Claims(String name, String displayName, String email, String groups) {}

    /** {@return whether these values name a provider} */
    static boolean configured(Map<String, ?> values) {
        return values.get("issuer") instanceof String issuer && !issuer.isBlank();
    }

    /**
     * Reads and checks settings.
     *
     * @param values what is set, by key; the secret in the clear. What is absent has its default
     */
    static OidcSettings of(Map<String, ?> values) throws OidcException {
        Function<String, String> text =
                key -> String.valueOf(Objects.requireNonNullElseGet(values.get(key), () -> OidcSection.otherwise(key)))
                        .strip();
        Object secret = values.get("clientSecret");
        OidcSettings settings = new OidcSettings(
                endpoint("issuer", text.apply("issuer")).toString(),
                needed("clientId", text.apply("clientId")),
                secret instanceof String set ? set : "",
                needed("title", text.apply("title")),
                base(text.apply("baseAddress")),
                String.join(" ", text.apply("scopes").split("\\s+")),
                new Claims(
                        needed("nameClaim", text.apply("nameClaim")),
                        text.apply("displayNameClaim"),
                        text.apply("emailClaim"),
                        text.apply("groupsClaim")),
                Boolean.parseBoolean(text.apply("userInfo")),
                Certificates.trusting(text.apply("caPem")));
        if (!Arrays.asList(settings.scopes.split(" ")).contains("openid")) {
            throw OidcException.invalid("scopes: 'openid' is needed.", null);
        }
        return settings;
    }

    private static String needed(String key, String text) throws OidcException {
        if (text.isEmpty()) {
            throw OidcException.invalid("%s is needed.".formatted(key), null);
        }
        return text;
    }

    private static String base(String text) throws OidcException {
        if (text.isEmpty()) {
            return text;
        }
        URI uri = endpoint("baseAddress", text);
        if (uri.getPath() != null && uri.getPath().length() > 1) {
            throw OidcException.invalid("baseAddress: the address ends behind the port.", null);
        }
        return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    }

    /** {@return the address, if what is sent there is encrypted on its way: HTTPS, or HTTP that stays on this box} */
    static URI endpoint(String what, String text) throws OidcException {
        try {
            URI uri = new URI(text);
            String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
            String host = uri.getHost();
            boolean safe = scheme.equals("https") || scheme.equals("http") && host != null && LOOPBACK.contains(host);
            if (host == null || !safe || uri.getUserInfo() != null || uri.getFragment() != null) {
                throw OidcException.invalid("%s: '%s' is not an https address.".formatted(what, text), null);
            }
            return uri;
        } catch (URISyntaxException malformed) {
            throw OidcException.invalid("%s: '%s' is not an https address.".formatted(what, text), malformed);
        }
    }

    @Override
    public String toString() {
        return "OidcSettings[" + issuer + "]";
    }
}
