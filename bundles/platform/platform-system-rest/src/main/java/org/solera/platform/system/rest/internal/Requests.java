// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.system.rest.internal;

import java.security.Principal;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import javax.ws.rs.core.SecurityContext;
import org.jspecify.annotations.Nullable;
import org.solera.platform.api.PlatformError;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.rest.EditVersion;
import org.solera.platform.api.rest.RestError;

/** Reads what stands in a request. Stateless. */
final class Requests {
    private static final int USUAL_LIMIT = 100;

    private Requests() {}

    /** {@return the login name of the caller; {@code -} if nobody is known} */
    static String who(SecurityContext caller) {
        Principal principal = caller.getUserPrincipal();
        return principal == null ? "-" : principal.getName();
    }

    /** {@return the body}; @throws SoleraException with INVALID_REQUEST if there is none */
    static <T> T body(@Nullable T body) throws SoleraException {
        return required(body, "the body");
    }

    static <T> T required(@Nullable T value, String name) throws SoleraException {
        if (value == null) {
            throw invalid("The request lacks %s.".formatted(name), "Add it.", null);
        }
        return value;
    }

    static SoleraException invalid(String message, String nextAction, @Nullable Throwable cause) {
        return new SoleraException(PlatformError.INVALID_REQUEST, message, nextAction, cause);
    }

    static SoleraException notFound(String what) {
        return new SoleraException(
                PlatformError.NOT_FOUND, "There is no %s.".formatted(what), "Look at the list.", null);
    }

    static int limit(@Nullable String text) throws SoleraException {
        return text == null || text.isEmpty() ? USUAL_LIMIT : number("limit", text);
    }

    static int number(String name, String text) throws SoleraException {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException none) {
            throw invalid("The value of %s is no number.".formatted(name), "Give a whole number.", none);
        }
    }

    static Instant time(String name, @Nullable String text, Instant otherwise) throws SoleraException {
        if (text == null || text.isEmpty()) {
            return otherwise;
        }
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException none) {
            throw invalid("The value of %s is no time.".formatted(name), "Write it like 2027-01-31T12:00:00Z.", none);
        }
    }

    /** {@return the value of the header ETag for a version that is a text} */
    static String etag(String version) {
        return "\"" + version + "\"";
    }

    /** {@return whether one of the versions in a header fits} */
    static boolean fits(String header, String version) {
        for (String each : header.split(",", 20)) {
            String tag = each.strip();
            if (tag.equals("*") || etag(version).equals(tag.startsWith("W/") ? tag.substring(2) : tag)) {
                return true;
            }
        }
        return false;
    }

    /** @throws SoleraException if an edit names no version, or not the current one */
    static void require(@Nullable String ifMatch, String version) throws SoleraException {
        if (ifMatch == null || ifMatch.isBlank()) {
            throw EditVersion.missing();
        }
        if (!fits(ifMatch, version)) {
            throw stale(null);
        }
    }

    static SoleraException stale(@Nullable Throwable cause) {
        return new SoleraException(
                RestError.PRECONDITION_FAILED,
                "Somebody changed this since it was read.",
                "Read it again and repeat the edit.",
                cause);
    }
}
