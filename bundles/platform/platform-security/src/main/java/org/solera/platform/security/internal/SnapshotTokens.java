// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.security.internal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.solera.platform.api.Grant;
import org.solera.platform.api.Identity;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.access.AccountRow;
import org.solera.platform.api.access.Token;
import org.solera.platform.api.access.Tokens;
import org.solera.platform.api.access.User;

/**
 * The tokens of the {@link AccountBook}. A secret is 256 random bits; its SHA-256 alone is kept, and is how it is found. At
 * most {@value #MOST} tokens in all.
 */
@Component(service = Tokens.class)
public final class SnapshotTokens implements Tokens {
    private static final int MOST = 20_000;
    private static final int MOST_OF_ONE = 100;
    private static final Duration LONGEST = Duration.ofDays(366);
    private static final int SECRET_BYTES = 32;
    private static final int SECRET_LENGTH = PREFIX.length() + 43;
    private static final int ID_LENGTH = 12;

    private final AccountBook book;
    private final Clock clock;
    private final RandomText random = new RandomText();

    @Activate
    public SnapshotTokens(@Reference AccountBook book, @Reference Clock clock) {
        this.book = book;
        this.clock = clock;
    }

    @Override
    public Created create(String user, String title, Set<Grant> grants, boolean readOnly, Instant expiresAt)
            throws SoleraException {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        PeopleRules.title(title);
        PeopleRules.grants(grants);
        if (!expiresAt.isAfter(now) || expiresAt.isAfter(now.plus(LONGEST))) {
            throw Refusals.invalid(
                    "A token ends within %d days.".formatted(LONGEST.toDays()), "Choose an end in that time.");
        }
        String secret = PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(random.bytes(SECRET_BYTES));
        Token token = new Token(
                random.next(RandomText.UNAMBIGUOUS, ID_LENGTH),
                user,
                title,
                grants,
                readOnly,
                now,
                expiresAt.truncatedTo(ChronoUnit.MILLIS),
                null);
        return book.change(snapshot -> {
            if (snapshot.user(user).isEmpty()) {
                throw Refusals.noUser(user);
            }
            List<AccountRow.TokenRow> known = rows(snapshot, user);
            List<AccountRow.TokenRow> over = known.stream()
                    .filter(row -> !row.token().expiresAt().isAfter(now))
                    .toList();
            boolean full = known.size() >= MOST_OF_ONE || snapshot.tokens().size() >= MOST;
            if (known.size() - over.size() >= MOST_OF_ONE) {
                throw Refusals.full("tokens of this user", MOST_OF_ONE);
            }
            if (snapshot.tokens().size() - over.size() >= MOST) {
                throw Refusals.full("tokens", MOST);
            }
            return new AccountBook.Outcome<>(
                    List.of(new AccountRow.TokenRow(token, Digests.sha256(secret))),
                    full ? over : List.of(),
                    new Created(token, secret));
        });
    }

    private static List<AccountRow.TokenRow> rows(Snapshot snapshot, String user) {
        return snapshot.tokens().stream()
                .filter(row -> row.token().user().equals(user))
                .toList();
    }

    @Override
    public List<Token> of(String user) {
        return rows(book.snapshot(), user).stream()
                .map(AccountRow.TokenRow::token)
                .sorted(Comparator.comparing(Token::createdAt).thenComparing(Token::id))
                .toList();
    }

    @Override
    public boolean revoke(String user, String id) throws SoleraException {
        return book.change(now -> {
            Optional<AccountRow.TokenRow> row =
                    now.token(id).filter(each -> each.token().user().equals(user));
            return new AccountBook.Outcome<>(List.of(), row.stream().toList(), row.isPresent());
        });
    }

    @Override
    public Optional<Use> find(String secret) {
        if (secret.length() != SECRET_LENGTH || !secret.startsWith(PREFIX)) {
            return Optional.empty();
        }
        Snapshot snapshot = book.snapshot();
        Instant now = clock.instant();
        Optional<AccountRow.TokenRow> row = snapshot.tokenByHash(Digests.sha256(secret))
                .filter(each -> each.token().expiresAt().isAfter(now));
        Optional<User> user = row.flatMap(each -> snapshot.user(each.token().user()))
                .map(AccountRow.UserRow::user)
                .filter(User::enabled);
        if (row.isEmpty() || user.isEmpty()) {
            return Optional.empty();
        }
        Token token = row.get().token();
        used(token, now.truncatedTo(ChronoUnit.MINUTES));
        Identity identity = new Identity(
                user.get().name(),
                GrantLimits.both(token.grants(), snapshot.effectiveGrants(token.user())),
                token.readOnly());
        return Optional.of(new Use(token, identity));
    }

    private void used(Token token, Instant minute) {
        if (!minute.equals(token.lastUsedAt())) {
            boolean unused = book.note(now -> used(now, token.id(), minute), false);
        }
    }

    private static @Nullable AccountRow used(Snapshot now, String id, Instant minute) {
        return now.token(id)
                .map(row -> new AccountRow.TokenRow(LaterFields.used(row.token(), minute), row.hash()))
                .orElse(null);
    }
}
