// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.api.access;

import java.util.EnumSet;
import java.util.Set;
import org.solera.platform.api.Identity;
import org.solera.platform.api.Role;
import org.solera.platform.api.Scope;

/**
 * The one table of what each role may do in each domain. A role that is granted for one bucket or hub counts there only,
 * and only in the domains that know it: {@link Domain#STORAGE} and {@link Domain#MEDIA} for buckets, {@link Domain#LIVE}
 * for hubs.
 */
public final class Permissions {
    private static final Set<Domain> OF_BUCKETS = EnumSet.of(Domain.STORAGE, Domain.MEDIA);
    private static final Set<Domain> OF_HUBS = EnumSet.of(Domain.LIVE);

    private Permissions() {}

    /** {@return whether the role may do this, where it is granted} */
    public static boolean allows(Role role, Domain domain, Action action) {
        boolean reading = action == Action.READ;
        return switch (role) {
            case OWNER -> true;
            case OPERATOR ->
                switch (domain) {
                    case STORAGE, MEDIA, LIVE, RENDER -> true;
                    case SYSTEM, HARDWARE, LICENSE, UPGRADES, AUDIT -> reading;
                    case USERS -> false;
                };
            case ENGINEER ->
                switch (domain) {
                    case SYSTEM, HARDWARE, UPGRADES -> true;
                    case STORAGE, MEDIA, LIVE, RENDER, LICENSE, AUDIT -> reading;
                    case USERS -> false;
                };
            case LICENSE_ADMIN ->
                switch (domain) {
                    case LICENSE -> true;
                    case SYSTEM, HARDWARE, UPGRADES -> reading;
                    case USERS, AUDIT, STORAGE, MEDIA, LIVE, RENDER -> false;
                };
            case VIEWER ->
                switch (domain) {
                    case SYSTEM, HARDWARE, LICENSE, UPGRADES, STORAGE, MEDIA, LIVE, RENDER -> reading;
                    case USERS, AUDIT -> false;
                };
        };
    }

    /** {@return whether the identity may do this at this place} */
    public static boolean allows(Identity identity, Domain domain, Action action, Scope scope) {
        return mayTry(identity, action)
                && identity.grants().stream()
                        .anyMatch(grant -> grant.scope().covers(scope)
                                && knows(domain, grant.scope().kind())
                                && allows(grant.role(), domain, action));
    }

    /** {@return whether the identity may do this at one place at least, so that a list of places is not empty of meaning} */
    public static boolean allowsSomewhere(Identity identity, Domain domain, Action action) {
        return mayTry(identity, action)
                && identity.grants().stream()
                        .anyMatch(grant -> knows(domain, grant.scope().kind()) && allows(grant.role(), domain, action));
    }

    private static boolean mayTry(Identity identity, Action action) {
        return action == Action.READ || !identity.readOnly();
    }

    /** {@return whether one role may do at least all that another may} */
    public static boolean covers(Role role, Role other) {
        for (Domain domain : Domain.values()) {
            for (Action action : Action.values()) {
                if (allows(other, domain, action) && !allows(role, domain, action)) {
                    return false;
                }
            }
        }
        return true;
    }

    private static boolean knows(Domain domain, Scope.Kind kind) {
        return switch (kind) {
            case EVERYWHERE -> true;
            case BUCKET -> OF_BUCKETS.contains(domain);
            case HUB -> OF_HUBS.contains(domain);
        };
    }
}
