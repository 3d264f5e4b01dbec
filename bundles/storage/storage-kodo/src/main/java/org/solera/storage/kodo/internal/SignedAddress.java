// SPDX-License-Identifier: Apache-2.0
package org.solera.storage.kodo.internal;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.solera.platform.api.AccessKey;
import org.solera.platform.api.PlatformError;
import org.solera.platform.api.Scope;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.access.Action;
import org.solera.platform.api.access.Domain;
import org.solera.platform.api.access.Permissions;

/**
 * Checks the signature of a private address: {@code token=<access key>:<base64url(hmac-sha1(address))>}, where the address
 * is what the client wrote before the token, from the scheme on. Thread-safe.
 */
final class SignedAddress {
    private static final List<String> SCHEMES = List.of("http://", "https://");
    private static final int DIGITS = 12;

    private final Clock clock;

    SignedAddress(Clock clock) {
        this.clock = clock;
    }

    /** Finds the key with a public part. */
    @FunctionalInterface
    interface Keys {
        Optional<AccessKey> find(String id) throws SoleraException, InterruptedException;
    }

    void require(DownloadRequest request, String host, Keys keys) throws SoleraException, InterruptedException {
        if (request.token().isEmpty()) {
            throw refused("The object is private and the address has no token.", "Sign the address.");
        }
        requireInTime(request.deadline());
        int colon = request.token().indexOf(':');
        AccessKey key = (colon <= 0
                        ? Optional.<AccessKey>empty()
                        : keys.find(request.token().substring(0, colon)))
                .orElseThrow(() -> refused(
                        "The access key of the token does not exist.", "Sign the address with a key in force."));
        byte[] given = decode(request.token().substring(colon + 1));
        boolean valid = false;
        for (String scheme : SCHEMES) {
            // No early end: the time of the check tells nothing about the signature.
            valid |= MessageDigest.isEqual(sign(key.secret(), scheme + host + request.signed()), given);
        }
        if (!valid) {
            throw refused(
                    "The signature of the token does not match the address.",
                    "Sign the address exactly as it is sent: scheme, host, port, path and query up to the token.");
        }
        Scope bucket = Scope.bucket(request.object().bucket().value());
        if (!Permissions.allows(key.owner(), Domain.STORAGE, Action.READ, bucket)) {
            throw new SoleraException(
                    PlatformError.FORBIDDEN,
                    "The access key may not read the bucket %s."
                            .formatted(request.object().bucket()),
                    "Ask for a grant that reads storage, everywhere or for this bucket.",
                    null);
        }
    }

    private void requireInTime(String deadline) throws SoleraException {
        if (!deadline.matches("\\d{1," + DIGITS + "}")) {
            throw refused("The address has a token and no valid deadline.", "Add e=<seconds since 1970> before it.");
        }
        if (Long.parseLong(deadline) < clock.instant().getEpochSecond()) {
            throw refused("The address has expired.", "Ask for a new one.");
        }
    }

    private static SoleraException refused(String message, String next) {
        return new SoleraException(PlatformError.UNAUTHENTICATED, message, next, null);
    }

    private static byte[] decode(String signature) throws SoleraException {
        try {
            return Base64.getUrlDecoder().decode(signature);
        } catch (IllegalArgumentException malformed) {
            throw new SoleraException(
                    PlatformError.UNAUTHENTICATED,
                    "The signature of the token is not URL-safe Base64.",
                    "Sign the address again.",
                    malformed);
        }
    }

    /** {@return HMAC-SHA1, which the protocol prescribes} */
    static byte[] sign(String secret, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
            return mac.doFinal(text.getBytes(StandardCharsets.ISO_8859_1));
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException(missing);
        }
    }
}
