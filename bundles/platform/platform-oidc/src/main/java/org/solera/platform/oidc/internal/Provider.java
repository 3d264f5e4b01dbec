// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.oidc.internal;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

/**
 * What the provider tells of itself: its addresses and its keys, each kept for an hour. Keys are asked for again when a
 * token names one that is not known, at most every 10 s; after a failure the provider is left alone for 5 s. Thread-safe;
 * one thread asks, the others wait for it.
 */
final class Provider {
    private static final Duration KEPT = Duration.ofHours(1);
    private static final Duration BETWEEN_REFRESHES = Duration.ofSeconds(10);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(5);
    private static final int MOST_KEYS = 100;

    private final OidcSettings settings;
    private final Exchange exchange;
    private final Clock clock;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile @Nullable Document document; // written under lock
    private volatile @Nullable Keys keys; // written under lock
    private @Nullable OidcException lastFailure; // guarded by lock
    private Instant failedAt = Instant.MIN; // guarded by lock

    /**
     * The discovery document.
     *
     * @param userInfo empty if there is none
     * @param secretInBody whether the secret goes into the body, because the provider does not take it in a header
     * @param pkce whether the provider says that it knows S256
     * @param algorithms by which it signs ID tokens
     */
    record Document(
            URI authorization,
            URI token,
            URI keys,
            @Nullable URI userInfo,
            boolean secretInBody,
            boolean pkce,
            List<String> algorithms,
            Instant at) {}

    private record Keys(List<JsonWebKey> all, Instant at) {}

    @FunctionalInterface
    private interface Question<T> {
        T ask() throws OidcException;
    }

    Provider(OidcSettings settings, Exchange exchange, Clock clock) {
        this.settings = settings;
        this.exchange = exchange;
        this.clock = clock;
    }

    /** {@return where the provider does what} */
    Document document() throws OidcException {
        Document known = document;
        if (known != null && isFresh(known.at())) {
            return known;
        }
        return alone(() -> {
            Document meanwhile = document;
            if (meanwhile != null && isFresh(meanwhile.at())) {
                return meanwhile;
            }
            Document asked = discover();
            document = asked;
            return asked;
        });
    }

    /** {@return the keys by which the provider signs} */
    List<JsonWebKey> keys() throws OidcException {
        Keys known = keys;
        return known != null && isFresh(known.at())
                ? known.all()
                : fetchedAfter(clock.instant().minus(KEPT));
    }

    /** {@return the keys, asked for again unless that was done a moment ago} */
    List<JsonWebKey> newerKeys() throws OidcException {
        return fetchedAfter(clock.instant().minus(BETWEEN_REFRESHES));
    }

    private List<JsonWebKey> fetchedAfter(Instant oldest) throws OidcException {
        URI address = document().keys();
        return alone(() -> {
            Keys known = keys;
            if (known != null && known.at().isAfter(oldest)) {
                return known.all();
            }
            Keys asked = new Keys(fetchKeys(address), clock.instant());
            keys = asked;
            return asked.all();
        });
    }

    private boolean isFresh(Instant at) {
        return at.plus(KEPT).isAfter(clock.instant());
    }

    private <T> T alone(Question<T> question) throws OidcException {
        try {
            if (!lock.tryLock(10, TimeUnit.SECONDS)) {
                throw OidcException.busy();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw OidcException.away("The wait for the provider was interrupted.", interrupted);
        }
        try {
            OidcException before = lastFailure;
            if (before != null && failedAt.plus(AFTER_FAILURE).isAfter(clock.instant())) {
                throw before;
            }
            T answer = question.ask();
            lastFailure = null;
            return answer;
        } catch (OidcException failure) {
            if (failure != lastFailure) {
                lastFailure = failure;
                failedAt = clock.instant();
            }
            throw failure;
        } finally {
            lock.unlock();
        }
    }

    private Document discover() throws OidcException {
        String issuer = settings.issuer();
        String base = issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer;
        Exchange.Answer answer = exchange.get(URI.create(base + "/.well-known/openid-configuration"));
        Map<String, Object> json = answer.json();
        if (!answer.ok() || json.isEmpty()) {
            throw OidcException.mismatch("The issuer has no discovery document: %s.".formatted(answer.error()), null);
        }
        if (!issuer.equals(json.get("issuer"))) {
            throw OidcException.mismatch(
                    "The provider names itself '%s', not '%s'."
                            .formatted(Exchange.plain(String.valueOf(json.get("issuer"))), issuer),
                    null);
        }
        List<String> methods = texts(json.get("token_endpoint_auth_methods_supported"));
        return new Document(
                address(json, "authorization_endpoint"),
                address(json, "token_endpoint"),
                address(json, "jwks_uri"),
                json.containsKey("userinfo_endpoint") ? address(json, "userinfo_endpoint") : null,
                !methods.isEmpty() && !methods.contains("client_secret_basic"),
                texts(json.get("code_challenge_methods_supported")).contains("S256"),
                texts(json.get("id_token_signing_alg_values_supported")),
                clock.instant());
    }

    private static URI address(Map<String, Object> json, String key) throws OidcException {
        try {
            return OidcSettings.endpoint(key, json.get(key) instanceof String text ? text : "");
        } catch (OidcException unusable) {
            throw OidcException.mismatch(
                    "The provider tells no usable address as %s.".formatted(key), unusable.getCause());
        }
    }

    private static List<String> texts(@Nullable Object value) {
        return value instanceof List<?> list
                ? list.stream()
                        .filter(String.class::isInstance)
                        .map(String.class::cast)
                        .toList()
                : List.of();
    }

    private List<JsonWebKey> fetchKeys(URI address) throws OidcException {
        Exchange.Answer answer = exchange.get(address);
        if (!answer.ok()) {
            throw OidcException.mismatch("The provider does not tell its keys: %s.".formatted(answer.error()), null);
        }
        if (!(answer.json().get("keys") instanceof List<?> listed)
                || !listed.stream().allMatch(Map.class::isInstance)) {
            throw OidcException.mismatch("The keys of the provider cannot be read.", null);
        }
        try {
            List<JsonWebKey> all = new JsonWebKeySet(answer.body()).getJsonWebKeys();
            return List.copyOf(all.subList(0, Math.min(MOST_KEYS, all.size())));
        } catch (JoseException malformed) {
            throw OidcException.mismatch("The keys of the provider cannot be read.", malformed);
        }
    }
}
