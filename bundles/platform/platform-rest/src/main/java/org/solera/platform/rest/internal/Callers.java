// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.rest.internal;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.solera.platform.api.Authenticator;
import org.solera.platform.api.Identity;
import org.solera.platform.api.PlatformError;
import org.solera.platform.api.ServiceGate;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.access.Caller;
import org.solera.platform.api.access.Session;
import org.solera.platform.api.access.Sessions;
import org.solera.platform.api.access.Tokens;
import org.solera.platform.api.rest.RestError;

/** Finds out who asks: by a password, a token or the cookie of a session. Thread-safe. */
final class Callers {
    private static final String BASIC = "basic ";
    private static final String BEARER = "bearer ";

    private final RestServices services;

    Callers(RestServices services) {
        this.services = services;
    }

    /** Where a request is read from. */
    interface Head {
        @Nullable
        String header(String name);

        /** {@return address of the client} */
        String origin();

        /** {@return whether the method changes nothing} */
        boolean reading();
    }

    /**
     * Somebody who proved who they are.
     *
     * @param caller who
     * @param mustChangePassword whether nothing but a new password is allowed
     */
    record Known(Caller caller, boolean mustChangePassword) {}

    /**
     * {@return who asks; empty when nobody says}
     *
     * @throws SoleraException if what they say is not right
     */
    Optional<Known> find(Head request) throws SoleraException {
        String authorization = request.header("Authorization");
        try {
            if (authorization == null) {
                String secret = cookie(request.header("Cookie"));
                return secret == null ? Optional.empty() : Optional.of(session(secret, request));
            }
            if (authorization.regionMatches(true, 0, BASIC, 0, BASIC.length())) {
                return Optional.of(password(authorization.substring(BASIC.length()), request));
            }
            if (authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
                return Optional.of(
                        token(authorization.substring(BEARER.length()).strip(), request));
            }
            throw new SoleraException(
                    PlatformError.UNAUTHENTICATED,
                    "This kind of login is not known here.",
                    "Use Basic, Bearer or the cookie of a session.",
                    null);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new SoleraException(
                    PlatformError.DRAINING, "The login was interrupted.", "Try again in a moment.", interrupted);
        }
    }

    /** {@return the secret in the cookie of a session, if one was sent} */
    static @Nullable String cookie(@Nullable String header) {
        if (header == null) {
            return null;
        }
        for (String each : header.split(";", 100)) {
            String pair = each.strip();
            if (pair.startsWith(Session.COOKIE + "=") && pair.length() > Session.COOKIE.length() + 1) {
                return pair.substring(Session.COOKIE.length() + 1);
            }
        }
        return null;
    }

    private Known session(String secret, Head request) throws SoleraException, InterruptedException {
        try (ServiceGate.Use<Sessions> use = services.sessions().enter()) {
            Session session = use.service()
                    .find(secret)
                    .orElseThrow(() -> new SoleraException(
                            PlatformError.UNAUTHENTICATED, "The session has ended.", "Sign in again.", null));
            if (!request.reading() && !same(session.csrf(), request.header(Session.CSRF_HEADER))) {
                throw new SoleraException(
                        RestError.CSRF,
                        "The change does not carry the CSRF value of the session.",
                        "Send the value of 'csrf' of GET /api/v1/users/session in the header " + Session.CSRF_HEADER
                                + ".",
                        null);
            }
            return new Known(
                    new Caller(session.identity(), Caller.Means.SESSION, session.id(), request.origin()),
                    session.mustChangePassword());
        }
    }

    private static boolean same(String expected, @Nullable String given) {
        return given != null
                && MessageDigest.isEqual(
                        expected.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
    }

    private Known token(String secret, Head request) throws SoleraException, InterruptedException {
        try (ServiceGate.Use<Tokens> use = services.tokens().enter()) {
            Tokens.Use found = use.service()
                    .find(secret)
                    .orElseThrow(() -> new SoleraException(
                            PlatformError.UNAUTHENTICATED,
                            "The token is not in force.",
                            "Make a new one in the console.",
                            null));
            if (found.token().readOnly() && !request.reading()) {
                throw new SoleraException(
                        PlatformError.FORBIDDEN, "The token may only read.", "Use one that may change.", null);
            }
            return new Known(
                    new Caller(
                            found.identity(), Caller.Means.TOKEN, found.token().id(), request.origin()),
                    false);
        }
    }

    private Known password(String base64, Head request) throws SoleraException, InterruptedException {
        char[] pair = decode(base64.strip());
        try {
            int colon = 0;
            while (colon < pair.length && pair[colon] != ':') {
                colon++;
            }
            if (colon == pair.length) {
                throw wrong();
            }
            String name = new String(pair, 0, colon);
            Identity identity = authenticate(name, Arrays.copyOfRange(pair, colon + 1, pair.length), request.origin());
            return new Known(new Caller(identity, Caller.Means.PASSWORD, "", request.origin()), false);
        } finally {
            Arrays.fill(pair, ' ');
        }
    }

    private static char[] decode(String base64) throws SoleraException {
        try {
            CharBuffer text = StandardCharsets.UTF_8.decode(
                    ByteBuffer.wrap(Base64.getDecoder().decode(base64)));
            char[] pair = new char[text.remaining()];
            text.get(pair);
            return pair;
        } catch (IllegalArgumentException damaged) {
            throw new SoleraException(
                    PlatformError.UNAUTHENTICATED, "The login cannot be read.", "Send it in Base64.", damaged);
        }
    }

    private Identity authenticate(String name, char[] password, String origin)
            throws SoleraException, InterruptedException {
        try (ServiceGate.Use<Authenticator> use = services.authenticators().enter()) {
            return use.service().authenticate(name, password, origin).orElseThrow(Callers::wrong);
        } finally {
            Arrays.fill(password, ' ');
        }
    }

    private static SoleraException wrong() {
        return new SoleraException(
                PlatformError.UNAUTHENTICATED,
                "Name and password do not belong together.",
                "Log in as an account of this appliance.",
                null);
    }
}
