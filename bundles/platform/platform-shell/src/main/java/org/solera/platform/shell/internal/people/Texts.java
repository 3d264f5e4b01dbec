// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.shell.internal.people;

import java.util.Arrays;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.solera.platform.api.Grant;
import org.solera.platform.api.PlatformError;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.access.User;
import org.solera.platform.api.access.Users;

/** People as lines. */
final class Texts {
    private Texts() {}

    static String join(Collection<?> things) {
        return things.isEmpty()
                ? "-"
                : things.stream().map(String::valueOf).sorted().collect(Collectors.joining(","));
    }

    static String orDash(@Nullable Object thing) {
        return thing == null ? "-" : thing.toString();
    }

    static Set<String> names(String text) {
        return Arrays.stream(text.split(",", 1_000))
                .map(String::strip)
                .filter(each -> !each.isEmpty())
                .collect(Collectors.toSet());
    }

    static User require(Users users, String name) throws SoleraException {
        return users.user(name).orElseThrow(() -> missing("There is no user %s.".formatted(name)));
    }

    static SoleraException missing(String cause) {
        return new SoleraException(PlatformError.NOT_FOUND, cause, "Ask users:list for who there is.", null);
    }

    static User withGrants(User user, Set<Grant> grants) {
        return new User(
                user.name(),
                user.displayName(),
                user.email(),
                user.source(),
                user.enabled(),
                user.groups(),
                grants,
                user.secondFactor(),
                user.mustChangePassword(),
                user.createdAt(),
                user.lastSignInAt(),
                user.version());
    }
}
