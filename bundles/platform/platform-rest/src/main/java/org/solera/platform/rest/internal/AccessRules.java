// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.rest.internal;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.annotation.security.DenyAll;
import javax.annotation.security.PermitAll;
import javax.annotation.security.RolesAllowed;
import org.jspecify.annotations.Nullable;
import org.solera.platform.api.Identity;
import org.solera.platform.api.Role;

/**
 * Who may call a resource method: what its annotation says, else that of its class, else any identity for reading and the
 * owner for everything else. An owner may do what any role may.
 */
final class AccessRules {
    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

    private AccessRules() {}

    /** What comes of a request. */
    enum Decision {
        ALLOWED,
        /** Nobody is logged in and somebody has to be. */
        LOGIN_NEEDED,
        REFUSED
    }

    static Decision decide(Method method, Class<?> type, String verb, @Nullable Identity identity) {
        if (isDenied(method, type)) {
            return Decision.REFUSED;
        }
        if (isPublic(method, type)) {
            return Decision.ALLOWED;
        }
        if (identity == null) {
            return Decision.LOGIN_NEEDED;
        }
        Set<String> roles = roles(method, type, verb);
        boolean allowed = identity.roles().contains(Role.OWNER)
                || identity.roles().stream().map(Role::name).anyMatch(roles::contains);
        return allowed ? Decision.ALLOWED : Decision.REFUSED;
    }

    private static boolean isDenied(Method method, Class<?> type) {
        return method.isAnnotationPresent(DenyAll.class)
                || (type.isAnnotationPresent(DenyAll.class) && !isRuled(method));
    }

    /** {@return whether no login is needed} */
    static boolean isPublic(Method method, Class<?> type) {
        return method.isAnnotationPresent(PermitAll.class)
                || (type.isAnnotationPresent(PermitAll.class) && !isRuled(method));
    }

    private static boolean isRuled(Method method) {
        return method.isAnnotationPresent(RolesAllowed.class)
                || method.isAnnotationPresent(PermitAll.class)
                || method.isAnnotationPresent(DenyAll.class);
    }

    /** {@return names of the roles that may call the method} */
    static Set<String> roles(Method method, Class<?> type, String verb) {
        RolesAllowed rule = method.getAnnotation(RolesAllowed.class);
        if (rule == null) {
            rule = type.getAnnotation(RolesAllowed.class);
        }
        if (rule != null) {
            return new TreeSet<>(Arrays.asList(rule.value()));
        }
        return READING.contains(verb)
                ? Arrays.stream(Role.values()).map(Role::name).collect(Collectors.toCollection(TreeSet::new))
                : Set.of(Role.OWNER.name());
    }
}
