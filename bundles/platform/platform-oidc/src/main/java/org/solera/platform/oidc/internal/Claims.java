// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.oidc.internal;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.solera.platform.api.access.ExternalPerson;

/** Turns claims into a person. */
final class Claims {
    private static final int MOST_GROUPS = 1_000;
    private static final int LONGEST_DISPLAY_NAME = 128;

    private final OidcSettings settings;

    Claims(OidcSettings settings) {
        this.settings = settings;
    }

    /** {@return who is meant} */
    ExternalPerson person(Map<String, Object> claims) throws OidcException {
        OidcSettings.Claims names = settings.claims();
        String name = text(claims, names.name());
        if (name.isEmpty()) {
            throw OidcException.claim("The provider does not tell the claim '%s'.".formatted(names.name()));
        }
        if (names.name().equals("email") && Boolean.FALSE.equals(claims.get("email_verified"))) {
            throw OidcException.claim("The provider has not verified the mail address that is the name.");
        }
        String displayName = text(claims, names.displayName());
        return new ExternalPerson(
                "oidc",
                settings.issuer() + " " + claims.get("sub"),
                name.toLowerCase(Locale.ROOT),
                displayName.substring(0, Math.min(LONGEST_DISPLAY_NAME, displayName.length())),
                text(claims, names.email()),
                groups(claims, names.groups()));
    }

    private static String text(Map<String, Object> claims, String name) {
        Object value = find(claims, name);
        return value instanceof String || value instanceof Number
                ? value.toString().strip()
                : "";
    }

    private static Set<String> groups(Map<String, Object> claims, String name) throws OidcException {
        Object value = find(claims, name);
        List<?> listed = value instanceof List<?> list ? list : value instanceof String one ? List.of(one) : List.of();
        if (listed.size() > MOST_GROUPS) {
            throw OidcException.mismatch("The provider tells more than %d groups.".formatted(MOST_GROUPS), null);
        }
        Set<String> groups = new HashSet<>();
        for (Object each : listed) {
            if (each instanceof String group && !group.isBlank()) {
                groups.add(group);
            }
        }
        return groups;
    }

    /** {@return the claim of this name; where there is none, dots lead into objects} */
    private static @Nullable Object find(Map<?, ?> claims, String name) {
        if (name.isEmpty() || claims.containsKey(name)) {
            return claims.get(name);
        }
        int dot = name.indexOf('.');
        return dot > 0 && claims.get(name.substring(0, dot)) instanceof Map<?, ?> inner
                ? find(inner, name.substring(dot + 1))
                : null;
    }
}
