// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.users.rest.internal;

import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.solera.platform.api.AccessKey;
import org.solera.platform.api.Grant;
import org.solera.platform.api.PlatformError;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.access.KeyView;
import org.solera.platform.api.access.Session;
import org.solera.platform.api.access.Token;
import org.solera.platform.api.access.Tokens;
import org.solera.platform.api.rest.Page;

/** Sessions, tokens and access keys of one user, in the form that REST tells them. Thread-safe. */
final class Credentials {
    private static final int TITLE = 128;

    private final UserServices services;
    private final Clock clock;

    Credentials(UserServices services, Clock clock) {
        this.services = services;
        this.clock = clock;
    }

    /** A browser that is signed in; {@code current} is the one that asks. */
    record SessionDto(String id, String origin, String agent, Instant since, Instant until, boolean current) {}

    /** A token without its secret. */
    record TokenDto(
            String id,
            String title,
            List<String> grants,
            boolean readOnly,
            Instant createdAt,
            Instant expiresAt,
            @Nullable Instant lastUsedAt) {}

    /** A token that is wanted; no grants: all that its user may. */
    record NewTokenDto(String title, @Nullable List<String> grants, boolean readOnly, Instant expiresAt) {}

    /** A token just made; the secret is told here only. */
    record CreatedTokenDto(TokenDto token, String secret) {
        @Override
        public String toString() {
            return "CreatedTokenDto[" + token.id() + "]";
        }
    }

    /** An access key without its secret. */
    record KeyDto(
            String id,
            String title,
            List<String> grants,
            boolean enabled,
            Instant createdAt,
            @Nullable Instant expiresAt) {}

    /** An access key that is wanted; no grants: all that its user may; no end: for ever. */
    record NewKeyDto(
            String title,
            @Nullable List<String> grants,
            @Nullable Instant expiresAt) {}

    /** An access key just made; the secret is told here only. */
    record CreatedKeyDto(String id, String secret) {
        @Override
        public String toString() {
            return "CreatedKeyDto[" + id + "]";
        }
    }

    /** Whether a key is in force. */
    record EnabledDto(boolean enabled) {}

    /** @param current public id of the session that asks; empty for none */
    Page<SessionDto> sessions(String user, String current) throws SoleraException {
        return Page.whole(services.sessions(sessions -> sessions.of(user)).stream()
                .sorted(Comparator.comparing(Session::since).reversed())
                .map(each -> new SessionDto(
                        each.id(),
                        each.origin(),
                        each.agent(),
                        each.since(),
                        each.until(),
                        each.id().equals(current)))
                .toList());
    }

    void endSession(String user, String id) throws SoleraException {
        if (!services.sessions(sessions -> sessions.end(user, id))) {
            throw Callers.notFound("session", id);
        }
    }

    Page<TokenDto> tokens(String user) throws SoleraException {
        return Page.whole(services.tokens(tokens -> tokens.of(user)).stream()
                .sorted(Comparator.comparing(Token::createdAt).reversed())
                .map(Credentials::of)
                .toList());
    }

    CreatedTokenDto createToken(String user, NewTokenDto wish) throws SoleraException {
        checkTitle(wish.title());
        checkAhead(wish.expiresAt());
        Set<Grant> grants = Grants.parse(wish.grants());
        Tokens.Created created = services.tokens(
                tokens -> tokens.create(user, wish.title().strip(), grants, wish.readOnly(), wish.expiresAt()));
        return new CreatedTokenDto(of(created.token()), created.secret());
    }

    void revokeToken(String user, String id) throws SoleraException {
        if (!services.tokens(tokens -> tokens.revoke(user, id))) {
            throw Callers.notFound("token", id);
        }
    }

    Page<KeyDto> keys(String user) throws SoleraException {
        return Page.whole(services.keys(keys -> keys.of(user)).stream()
                .sorted(Comparator.comparing(KeyView::createdAt).reversed())
                .map(each -> new KeyDto(
                        each.id(),
                        each.title(),
                        Grants.texts(each.grants()),
                        each.enabled(),
                        each.createdAt(),
                        each.expiresAt()))
                .toList());
    }

    CreatedKeyDto createKey(String user, NewKeyDto wish) throws SoleraException {
        checkTitle(wish.title());
        if (wish.expiresAt() != null) {
            checkAhead(wish.expiresAt());
        }
        Set<Grant> grants = Grants.parse(wish.grants());
        AccessKey key = services.keys(keys -> keys.create(user, wish.title().strip(), grants, wish.expiresAt()));
        return new CreatedKeyDto(key.id(), key.secret());
    }

    void enableKey(String user, String id, boolean enabled) throws SoleraException {
        requireKey(user, id);
        services.keys(keys -> {
            keys.enable(user, id, enabled);
            return id;
        });
    }

    void deleteKey(String user, String id) throws SoleraException {
        requireKey(user, id);
        services.keys(keys -> {
            keys.delete(user, id);
            return id;
        });
    }

    private void requireKey(String user, String id) throws SoleraException {
        if (services.keys(keys -> keys.of(user)).stream()
                .noneMatch(each -> each.id().equals(id))) {
            throw Callers.notFound("access key", id);
        }
    }

    private static TokenDto of(Token token) {
        return new TokenDto(
                token.id(),
                token.title(),
                Grants.texts(token.grants()),
                token.readOnly(),
                token.createdAt(),
                token.expiresAt(),
                token.lastUsedAt());
    }

    private static void checkTitle(String title) throws SoleraException {
        if (title.isBlank() || title.length() > TITLE || title.chars().anyMatch(c -> c < ' ')) {
            throw new SoleraException(
                    PlatformError.INVALID_REQUEST,
                    "The title is not allowed.",
                    "Use 1 to %d characters.".formatted(TITLE),
                    null);
        }
    }

    private void checkAhead(Instant end) throws SoleraException {
        if (!end.isAfter(clock.instant())) {
            throw new SoleraException(
                    PlatformError.INVALID_REQUEST, "It would have ended already.", "Choose a later end.", null);
        }
    }
}
