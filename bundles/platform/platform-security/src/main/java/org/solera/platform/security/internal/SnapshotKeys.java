// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.security.internal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.solera.platform.api.AccessKey;
import org.solera.platform.api.AccessKeys;
import org.solera.platform.api.Grant;
import org.solera.platform.api.Identity;
import org.solera.platform.api.PlatformError;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.access.AccountRow;
import org.solera.platform.api.access.KeyAdmin;
import org.solera.platform.api.access.KeyView;

/**
 * The access keys of the {@link AccountBook}. Signatures need the secret in the clear: it is sealed on disk, opened at its
 * first use and remembered as long as the snapshot is the same. At most {@value #MOST} keys in all.
 */
@Component(service = {KeyAdmin.class, AccessKeys.class})
public final class SnapshotKeys implements KeyAdmin, AccessKeys {
    private static final Logger log = LoggerFactory.getLogger(SnapshotKeys.class);
    private static final int MOST = 20_000;
    private static final int MOST_OF_ONE = 100;
    private static final Duration LONGEST = Duration.ofDays(3_653);

    /** Keys opened, and of which snapshot. */
    private record Opened(Snapshot snapshot, Map<String, AccessKey> keys) {}

    private final AccountBook book;
    private final MasterKeys master;
    private final Clock clock;
    private final RandomText random = new RandomText();
    private final Map<String, String> secrets = new ConcurrentHashMap<>(); // by sealed form; cleared at MOST
    private volatile Opened opened = new Opened(Snapshot.EMPTY, Map.of());

    @Activate
    public SnapshotKeys(@Reference AccountBook book, @Reference MasterKeys master, @Reference Clock clock) {
        this.book = book;
        this.master = master;
        this.clock = clock;
    }

    @Override
    public AccessKey create(String user, String title, Set<Grant> grants, @Nullable Instant expiresAt)
            throws SoleraException {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        PeopleRules.title(title);
        PeopleRules.grants(grants);
        if (expiresAt != null && !expiresAt.isAfter(now)) {
            throw Refusals.invalid("The end of the key is over already.", "Choose a later one, or none.");
        }
        if (expiresAt != null && expiresAt.isAfter(now.plus(LONGEST))) {
            throw Refusals.invalid(
                    "A key ends within %d days or never.".formatted(LONGEST.toDays()),
                    "Choose an earlier end, or none.");
        }
        String id = random.next(RandomText.CAPITALS_AND_DIGITS, AccessKeyRows.ID_LENGTH);
        String secret = random.next(RandomText.LETTERS_AND_DIGITS, AccessKeyRows.SECRET_LENGTH);
        AccountRow.KeyRow row = AccessKeyRows.of(
                master,
                id,
                secret,
                user,
                title,
                grants,
                now,
                expiresAt == null ? null : expiresAt.truncatedTo(ChronoUnit.MILLIS));
        return book.change(snapshot -> {
            if (snapshot.user(user).isEmpty()) {
                throw Refusals.noUser(user);
            }
            if (rows(snapshot, user).size() >= MOST_OF_ONE) {
                throw Refusals.full("access keys of this user", MOST_OF_ONE);
            }
            if (snapshot.keys().size() >= MOST) {
                throw Refusals.full("access keys", MOST);
            }
            Identity owner = new Identity(user, GrantLimits.both(grants, snapshot.effectiveGrants(user)));
            return new AccountBook.Outcome<>(List.of(row), List.of(), new AccessKey(id, secret, owner));
        });
    }

    private static List<KeyView> rows(Snapshot snapshot, String user) {
        return snapshot.keys().stream()
                .map(AccountRow.KeyRow::view)
                .filter(view -> view.user().equals(user))
                .sorted(Comparator.comparing(KeyView::createdAt).thenComparing(KeyView::id))
                .toList();
    }

    @Override
    public List<KeyView> of(String user) {
        return rows(book.snapshot(), user);
    }

    @Override
    public void enable(String user, String id, boolean enabled) throws SoleraException {
        boolean unused = book.change(now -> {
            AccountRow.KeyRow row = require(now, user, id);
            KeyView view = row.view();
            AccountRow.KeyRow next = new AccountRow.KeyRow(
                    new KeyView(
                            view.id(),
                            view.user(),
                            view.title(),
                            view.grants(),
                            enabled,
                            view.createdAt(),
                            view.expiresAt()),
                    row.sealedSecret());
            return new AccountBook.Outcome<>(next.equals(row) ? List.of() : List.of(next), List.of(), true);
        });
    }

    @Override
    public void delete(String user, String id) throws SoleraException {
        boolean unused =
                book.change(now -> new AccountBook.Outcome<>(List.of(), List.of(require(now, user, id)), true));
    }

    private static AccountRow.KeyRow require(Snapshot now, String user, String id) throws SoleraException {
        return now.key(id)
                .filter(row -> row.view().user().equals(user))
                .orElseThrow(() -> new SoleraException(
                        PlatformError.NOT_FOUND,
                        "This user has no access key '%s'.".formatted(id),
                        "Look at the list of its keys.",
                        null));
    }

    @Override
    public Optional<AccessKey> find(String id) {
        Snapshot snapshot = book.snapshot();
        Opened known = opened;
        if (known.snapshot() != snapshot) {
            known = new Opened(snapshot, new ConcurrentHashMap<>());
            opened = known;
        }
        Optional<AccountRow.KeyRow> row = snapshot.key(id).filter(each -> inForce(each.view(), snapshot));
        if (row.isEmpty()) {
            return Optional.empty();
        }
        AccessKey key = known.keys().get(id);
        if (key == null) {
            Optional<AccessKey> fresh = open(row.get(), snapshot);
            Opened into = known;
            fresh.ifPresent(each -> into.keys().put(id, each));
            return fresh;
        }
        return Optional.of(key);
    }

    private boolean inForce(KeyView view, Snapshot snapshot) {
        Instant end = view.expiresAt();
        return view.enabled()
                && (end == null || end.isAfter(clock.instant()))
                && snapshot.user(view.user()).map(row -> row.user().enabled()).orElse(false);
    }

    private Optional<AccessKey> open(AccountRow.KeyRow row, Snapshot snapshot) {
        KeyView view = row.view();
        try {
            String secret = secrets.get(row.sealedSecret());
            if (secret == null) {
                secret = AccessKeyRows.secret(master, row);
                if (secrets.size() >= MOST) {
                    secrets.clear();
                }
                secrets.put(row.sealedSecret(), secret);
            }
            Identity owner =
                    new Identity(view.user(), GrantLimits.both(view.grants(), snapshot.effectiveGrants(view.user())));
            return Optional.of(new AccessKey(view.id(), secret, owner));
        } catch (SoleraException unreadable) {
            log.error("The secret of access key {} cannot be opened; the key is out of force.", view.id(), unreadable);
            return Optional.empty();
        }
    }
}
