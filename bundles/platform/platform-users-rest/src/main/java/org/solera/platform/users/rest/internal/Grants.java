// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.users.rest.internal;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.solera.platform.api.Grant;
import org.solera.platform.api.Identity;
import org.solera.platform.api.PlatformError;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.access.Action;
import org.solera.platform.api.access.Domain;
import org.solera.platform.api.access.Permissions;

/** Grants as texts and what they mean. */
final class Grants {
    private static final int MOST = 200;

    private Grants() {}

    static List<String> texts(Set<Grant> grants) {
        return grants.stream().map(Grant::toString).sorted().toList();
    }

    /** @throws SoleraException with {@link PlatformError#INVALID_REQUEST} that names the text which is none */
    static Set<Grant> parse(@Nullable List<String> texts) throws SoleraException {
        if (texts == null) {
            return Set.of();
        }
        if (texts.size() > MOST) {
            throw invalid("There are %d grants.".formatted(texts.size()), "At most %d are allowed.".formatted(MOST));
        }
        Set<Grant> grants = new HashSet<>();
        for (String text : texts) {
            try {
                grants.add(Grant.parse(text));
            } catch (IllegalArgumentException none) {
                throw invalid(
                        "'%s' is not a grant.".formatted(shortened(text)),
                        "Write a role, or a role and where: OPERATOR@bucket:photos.");
            }
        }
        return grants;
    }

    private static SoleraException invalid(String message, String nextAction) {
        return new SoleraException(PlatformError.INVALID_REQUEST, message, nextAction, null);
    }

    private static String shortened(String text) {
        return text.length() > 60 ? text.substring(0, 60) + "…" : text;
    }

    /** {@return for each domain {@code change}, {@code read} or {@code none}; grants for one place count} */
    static Map<String, String> permissions(Identity identity) {
        Map<String, String> all = new TreeMap<>();
        for (Domain domain : Domain.values()) {
            all.put(
                    domain.path(),
                    Permissions.allowsSomewhere(identity, domain, Action.CHANGE)
                            ? word(Action.CHANGE)
                            : Permissions.allowsSomewhere(identity, domain, Action.READ) ? word(Action.READ) : "none");
        }
        return all;
    }

    private static String word(Action action) {
        return action.name().toLowerCase(Locale.ROOT);
    }
}
