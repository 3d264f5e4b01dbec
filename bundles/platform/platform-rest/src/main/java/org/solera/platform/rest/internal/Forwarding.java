// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.rest.internal;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;

/**
 * What the console port and the applications behind it agree on: the headers between them, and the secret that proves a
 * request came through the port. The secret is made anew by each instance and is never stored.
 */
final class Forwarding {
    /** Header with the secret. */
    static final String SECRET = "X-Solera-Forwarded";

    /** Header with the address of the client. */
    static final String CLIENT = "X-Forwarded-For";

    static final String SCHEME = "X-Forwarded-Proto";
    static final String HOST = "X-Forwarded-Host";

    /** Path below an application that answers 204 to the port as soon as the application is served. */
    static final String PROBE = ".ready";

    private static final Set<String> HOP_BY_HOP = Set.of(
            "connection",
            "keep-alive",
            "proxy-authenticate",
            "proxy-authorization",
            "proxy-connection",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade");

    private final String secret;

    Forwarding() {
        byte[] bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        this.secret = HexFormat.of().formatHex(bytes);
    }

    String secret() {
        return secret;
    }

    /** {@return whether this is the secret} */
    boolean proves(String presented) {
        return MessageDigest.isEqual(
                secret.getBytes(StandardCharsets.US_ASCII), presented.getBytes(StandardCharsets.UTF_8));
    }

    /** {@return whether a header belongs to one connection and is not passed on} */
    static boolean isHopByHop(String name) {
        return HOP_BY_HOP.contains(name.toLowerCase(Locale.ROOT));
    }

    /** {@return whether a header of a client would be mistaken for one of the port} */
    static boolean isOurs(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.startsWith("x-forwarded-")
                || lower.equals(SECRET.toLowerCase(Locale.ROOT))
                || lower.equals("forwarded")
                || lower.equals("x-reqid");
    }
}
