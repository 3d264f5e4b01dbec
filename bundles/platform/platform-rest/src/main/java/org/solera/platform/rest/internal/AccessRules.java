// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.rest.internal;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import javax.annotation.security.DenyAll;
import javax.annotation.security.PermitAll;
import javax.annotation.security.RolesAllowed;
import org.jspecify.annotations.Nullable;
import org.solera.platform.api.Identity;
import org.solera.platform.api.Role;
import org.solera.platform.api.Scope;
import org.solera.platform.api.access.Action;
import org.solera.platform.api.access.AnyIdentity;
import org.solera.platform.api.access.Domain;
import org.solera.platform.api.access.Permissions;
import org.solera.platform.api.access.ScopedTo;

/**
 * Who may call a resource method: what its annotation says, else that of its class, else the table of permissions for the
 * domain of the module. An owner may do what any role may. Immutable.
 *
 * @param kind what decides
 * @param roles the roles that may call
 * @param domain the domain, where the table decides
 * @param action what is done there
 * @param scoped whether grants for one bucket or hub count
 */
record AccessRules(
        Kind kind,
        Set<Role> roles,
        @Nullable Domain domain,
        Action action,
        @Nullable ScopedTo scoped) {
    /** Methods that change nothing. */
    static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

    /** What decides. */
    enum Kind {
        EVERYBODY,
        NOBODY,
        ANY_IDENTITY,
        ROLES,
        TABLE
    }

    /** What comes of a request. */
    enum Decision {
        ALLOWED,
        /** Nobody is logged in and somebody has to be. */
        LOGIN_NEEDED,
        REFUSED
    }

    /** {@return the rule of a resource method} */
    static AccessRules of(Method method, Class<?> type, String verb, String domain) {
        Action action = READING.contains(verb) ? Action.READ : Action.CHANGE;
        ScopedTo scoped = method.getAnnotation(ScopedTo.class);
        return declared(method, action, scoped)
                .or(() -> scoped == null ? declared(type, action, null) : Optional.empty())
                .orElseGet(() -> ofTable(Domain.ofPath(domain).orElse(null), action, scoped));
    }

    private static Optional<AccessRules> declared(AnnotatedElement element, Action action, @Nullable ScopedTo scoped) {
        Set<Role> all = EnumSet.allOf(Role.class);
        if (element.isAnnotationPresent(DenyAll.class)) {
            return Optional.of(new AccessRules(Kind.NOBODY, Set.of(), null, action, null));
        }
        if (element.isAnnotationPresent(PermitAll.class)) {
            return Optional.of(new AccessRules(Kind.EVERYBODY, all, null, action, null));
        }
        if (element.isAnnotationPresent(AnyIdentity.class)) {
            return Optional.of(new AccessRules(Kind.ANY_IDENTITY, all, null, action, null));
        }
        RolesAllowed allowed = element.getAnnotation(RolesAllowed.class);
        if (allowed == null) {
            return Optional.empty();
        }
        Set<Role> roles = Arrays.stream(allowed.value()).map(Role::valueOf).collect(Collectors.toSet());
        roles.add(Role.OWNER);
        return Optional.of(new AccessRules(Kind.ROLES, roles, null, action, scoped));
    }

    /** A module whose domain is not known to the table is the owner's alone. */
    private static AccessRules ofTable(@Nullable Domain domain, Action action, @Nullable ScopedTo scoped) {
        if (domain == null) {
            return new AccessRules(Kind.ROLES, Set.of(Role.OWNER), null, action, null);
        }
        Set<Role> roles = Arrays.stream(Role.values())
                .filter(role -> Permissions.allows(role, domain, action))
                .collect(Collectors.toSet());
        return new AccessRules(Kind.TABLE, roles, domain, action, scoped);
    }

    /** {@return whether no login is needed} */
    boolean isPublic() {
        return kind == Kind.EVERYBODY;
    }

    /** {@return names of the roles that may call the method} */
    Set<String> roleNames() {
        return roles.stream().map(Role::name).collect(Collectors.toCollection(TreeSet::new));
    }

    /** @param pathParameter value of a path parameter of the request; empty when there is none */
    Decision decide(@Nullable Identity identity, UnaryOperator<String> pathParameter) {
        if (kind == Kind.NOBODY) {
            return Decision.REFUSED;
        }
        if (kind == Kind.EVERYBODY) {
            return Decision.ALLOWED;
        }
        if (identity == null) {
            return Decision.LOGIN_NEEDED;
        }
        boolean allowed = switch (kind) {
            case ANY_IDENTITY -> true;
            case ROLES -> hasRole(identity, pathParameter);
            default -> inTable(identity, pathParameter);
        };
        return allowed ? Decision.ALLOWED : Decision.REFUSED;
    }

    private boolean hasRole(Identity identity, UnaryOperator<String> pathParameter) {
        boolean somewhere = scoped != null && scoped.param().isEmpty();
        Scope scope = scope(pathParameter);
        return identity.grants().stream()
                .filter(grant -> roles.contains(grant.role()))
                .anyMatch(grant -> somewhere && scoped != null && grant.scope().kind() == scoped.value()
                        || grant.scope().covers(scope));
    }

    private boolean inTable(Identity identity, UnaryOperator<String> pathParameter) {
        if (domain == null) {
            return false;
        }
        if (scoped != null && scoped.param().isEmpty()) {
            return Permissions.allowsSomewhere(identity, domain, action);
        }
        return Permissions.allows(identity, domain, action, scope(pathParameter));
    }

    /** {@return where the request acts; everywhere when it names no place that a grant could name} */
    private Scope scope(UnaryOperator<String> pathParameter) {
        if (scoped == null || scoped.param().isEmpty() || scoped.value() == Scope.Kind.EVERYWHERE) {
            return Scope.EVERYWHERE;
        }
        try {
            return new Scope(scoped.value(), pathParameter.apply(scoped.param()));
        } catch (IllegalArgumentException nameless) {
            return Scope.EVERYWHERE;
        }
    }
}
