// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.oidc.internal;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Sign-ins that wait for the provider, each bound to the browser that began it. At most {@value #MOST}, and
 * {@value #MOST_OF_ORIGIN} from one address: beyond, the oldest one goes (of that address first). Each ends after ten
 * minutes or when it is taken. Thread-safe.
 */
final class Pending {
    /** How long a sign-in may take. */
    static final Duration LIFE = Duration.ofMinutes(10);

    static final int MOST = 1_000;
    static final int MOST_OF_ORIGIN = 100;

    private final Clock clock;
    private final SecureRandom random = new SecureRandom();
    private final Map<String, Begun> begun = new LinkedHashMap<>(); // guarded by this; oldest first

    /**
     * A sign-in under way.
     *
     * @param state names it at the provider
     * @param browser what the cookie of the browser holds
     * @param nonce what the ID token has to hold
     * @param verifier proves to the provider that the code is used by who asked for it
     * @param redirect where the provider sends the browser
     * @param back where the browser goes in the end
     * @param origin address it came from
     */
    record Begun(
            String state,
            String browser,
            String nonce,
            String verifier,
            String redirect,
            String back,
            String origin,
            Instant at) {
        /** {@return what the provider is told of the verifier (RFC 7636, S256)} */
        String challenge() {
            try {
                byte[] hash = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
                return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
            } catch (NoSuchAlgorithmException missing) {
                throw new IllegalStateException("every Java has SHA-256", missing);
            }
        }

        @Override
        public String toString() {
            return "Begun[" + origin + "]";
        }
    }

    Pending(Clock clock) {
        this.clock = clock;
    }

    /**
     * Begins a sign-in.
     *
     * @param browser value of the cookie of an earlier one; a value that is not one of ours is replaced
     */
    Begun begin(String browser, String redirect, String back, String origin) {
        Begun one = new Begun(
                secret(),
                browser.matches("[A-Za-z0-9_-]{43}") ? browser : secret(),
                secret(),
                secret(),
                redirect,
                back,
                origin,
                clock.instant());
        synchronized (this) {
            expire();
            Predicate<Begun> neighbour = each -> each.origin().equals(origin);
            if (begun.values().stream().filter(neighbour).count() >= MOST_OF_ORIGIN) {
                removeOldest(neighbour);
            } else if (begun.size() >= MOST) {
                removeOldest(any -> true);
            }
            begun.put(one.state(), one);
        }
        return one;
    }

    private void removeOldest(Predicate<Begun> which) {
        Iterator<Begun> oldest = begun.values().iterator();
        while (oldest.hasNext()) {
            if (which.test(oldest.next())) {
                oldest.remove();
                return;
            }
        }
    }

    /** Takes a sign-in that this browser began; it cannot be taken again. */
    synchronized Optional<Begun> take(String state, String browser) {
        expire();
        Begun one = begun.get(state);
        if (one == null || !same(one.browser(), browser)) {
            return Optional.empty();
        }
        begun.remove(state);
        return Optional.of(one);
    }

    /** {@return how many are under way} */
    synchronized int size() {
        return begun.size();
    }

    private void expire() {
        Instant oldest = clock.instant().minus(LIFE);
        begun.values().removeIf(each -> each.at().isBefore(oldest));
    }

    private static boolean same(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }

    private String secret() {
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
