// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.users.rest.internal;

import java.util.Arrays;
import javax.ws.rs.core.SecurityContext;
import org.solera.platform.api.PlatformError;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.access.Caller;

/** What the resources ask of those who call. */
final class Callers {
    private Callers() {}

    static Caller of(SecurityContext context) throws SoleraException {
        if (context.getUserPrincipal() instanceof Caller caller) {
            return caller;
        }
        throw new SoleraException(PlatformError.UNAUTHENTICATED, "This needs a login.", "Sign in.", null);
    }

    /** A token must not make itself stronger, nor outlive itself: what its user signs in with is not its to change. */
    static Caller person(SecurityContext context) throws SoleraException {
        Caller caller = of(context);
        if (caller.means() == Caller.Means.TOKEN) {
            throw new SoleraException(
                    PlatformError.FORBIDDEN,
                    "A token cannot change what its user signs in with.",
                    "Sign in on the console.",
                    null);
        }
        return caller;
    }

    /** What somebody may not do to their own account without a proof must not be had through the list of people. */
    static void refuseOneself(SecurityContext context, String name, String where) throws SoleraException {
        if (of(context).getName().equals(name)) {
            throw new SoleraException(
                    PlatformError.CONFLICT, "This is for the accounts of others.", "Use " + where + ".", null);
        }
    }

    /** As {@link #person} where the account is the caller's own. */
    static void personForOneself(SecurityContext context, String name) throws SoleraException {
        if (of(context).getName().equals(name)) {
            Caller unused = person(context);
        }
    }

    /** Whoever sits at an unlocked screen does not know the password. */
    static void provePassword(UserServices services, Caller caller, String password) throws SoleraException {
        char[] secret = password.toCharArray();
        try {
            if (!services.users(people -> people.provesPassword(caller.getName(), secret, caller.origin()))) {
                throw new SoleraException(
                        PlatformError.FORBIDDEN, "The password is not the present one.", "Type it again.", null);
            }
        } finally {
            Arrays.fill(secret, ' ');
        }
    }

    static SoleraException notFound(String what, String name) {
        return new SoleraException(
                PlatformError.NOT_FOUND,
                "There is no %s '%s'.".formatted(what, name.length() > 80 ? name.substring(0, 80) + "…" : name),
                "Look at the list.",
                null);
    }
}
