// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.metrics.internal;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.cookie.Cookie;
import io.netty.handler.codec.http.cookie.ServerCookieDecoder;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.solera.platform.api.Authenticator;
import org.solera.platform.api.Identity;
import org.solera.platform.api.PlatformError;
import org.solera.platform.api.ServiceGate;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.access.Session;
import org.solera.platform.api.access.Sessions;
import org.solera.platform.api.access.Tokens;

/**
 * Finds out who reads the figures. A credential in the header {@code Authorization} decides alone; without one the cookie
 * of the session does. Thread-safe.
 */
record Logins(ServiceGate<Authenticator> accounts, ServiceGate<Tokens> tokens, ServiceGate<Sessions> sessions) {
    private static final String BASIC = "basic ";
    private static final String BEARER = "bearer ";

    Logins() {
        this(
                new ServiceGate<>("The account store"),
                new ServiceGate<>("The store of tokens"),
                new ServiceGate<>("The store of sessions"));
    }

    /**
     * {@return who it is; empty without a credential in force}
     *
     * @throws SoleraException if the credential cannot be checked now, or opens nothing but a change of the password
     */
    Optional<Identity> identify(HttpHeaders headers, String origin) throws SoleraException, InterruptedException {
        String authorization = headers.get(HttpHeaderNames.AUTHORIZATION, "");
        if (starts(authorization, BASIC)) {
            return byPassword(authorization.substring(BASIC.length()).trim(), origin);
        }
        if (starts(authorization, BEARER)) {
            String secret = authorization.substring(BEARER.length()).trim();
            try (ServiceGate.Use<Tokens> use = tokens.enter()) {
                return use.service().find(secret).map(Tokens.Use::identity);
            }
        }
        return authorization.isEmpty() ? bySession(headers) : Optional.empty();
    }

    private static boolean starts(String header, String scheme) {
        return header.regionMatches(true, 0, scheme, 0, scheme.length());
    }

    private Optional<Identity> byPassword(String encoded, String origin) throws SoleraException, InterruptedException {
        byte[] decoded;
        try {
            decoded = Base64.getDecoder().decode(encoded);
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
        CharBuffer text = StandardCharsets.UTF_8.decode(java.nio.ByteBuffer.wrap(decoded));
        int colon = text.toString().indexOf(':');
        if (colon <= 0) {
            return Optional.empty();
        }
        char[] password = new char[text.length() - colon - 1];
        text.get(colon + 1, password);
        try (ServiceGate.Use<Authenticator> use = accounts.enter()) {
            return use.service().authenticate(text.subSequence(0, colon).toString(), password, origin);
        } finally {
            Arrays.fill(password, '\0');
        }
    }

    private Optional<Identity> bySession(HttpHeaders headers) throws SoleraException, InterruptedException {
        List<Cookie> cookies = headers.getAll(HttpHeaderNames.COOKIE).stream()
                .flatMap(line -> ServerCookieDecoder.STRICT.decodeAll(line).stream())
                .filter(cookie -> cookie.name().equals(Session.COOKIE))
                .toList();
        if (cookies.size() != 1) {
            return Optional.empty(); // two of one name: somebody meddled
        }
        try (ServiceGate.Use<Sessions> use = sessions.enter()) {
            Optional<Session> session = use.service().find(cookies.get(0).value());
            if (session.isPresent() && session.get().mustChangePassword()) {
                throw new SoleraException(
                        PlatformError.FORBIDDEN, "The password has to be changed first.", "Choose a new one.", null);
            }
            return session.map(Session::identity);
        }
    }
}
