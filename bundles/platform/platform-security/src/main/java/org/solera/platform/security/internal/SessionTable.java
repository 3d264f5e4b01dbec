// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.security.internal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.solera.platform.api.Appliance;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.access.AccountRow;
import org.solera.platform.api.access.User;

/**
 * The sessions in force, by the SHA-256 of their secret.
 *
 * <p>Begin and end are in {@code state/security/sessions.sealed} (rows, see {@link RowCodec}) when the method returns; the
 * time of the last use follows once a minute. <b>Source of truth:</b> this file; the rows of the database follow it within
 * seconds and are read only when the file is missing or damaged. So a session that ended does not come back, whether the
 * database was there or not. <b>Thread-safety:</b> thread-safe; {@link #find} never waits.
 */
@Component(service = SessionTable.class)
public final class SessionTable implements AccountBook.Follower {
    /** A session just begun, and the value of its cookie. */
    record Begun(LiveSession session, String secret) {}

    private static final Logger log = LoggerFactory.getLogger(SessionTable.class);
    private static final int MOST = 5_000;
    private static final int MOST_OF_ONE = 50;
    private static final int SECRET_BYTES = 32;
    private static final int SECRET_LENGTH = 43;
    private static final int ID_LENGTH = 12;
    private static final int LONGEST_AGENT = 256;
    private static final int LONGEST_ORIGIN = 128;

    private final AccountBook book;
    private final MasterKeys master;
    private final Clock clock;
    private final GroupedFile file;
    private final RandomText random = new RandomText();
    private final Map<String, LiveSession> byHash = new ConcurrentHashMap<>();
    private final List<SessionLimits> limits = new CopyOnWriteArrayList<>();
    private final Object filing = new Object();
    private boolean adopting; // guarded by filing; whether the rows of the database are taken
    private @Nullable Map<String, AccountRow.SessionRow> stored; // guarded by filing; what the database has, once read
    private long filed = -1; // guarded by filing; digest of what the file has
    private final Runnable unfollow;

    @Activate
    public SessionTable(
            @Reference Appliance appliance,
            @Reference AccountBook book,
            @Reference MasterKeys master,
            @Reference Clock clock) {
        this(appliance.stateDirectory("security"), book, master, clock);
    }

    SessionTable(Path folder, AccountBook book, MasterKeys master, Clock clock) {
        this.book = book;
        this.master = master;
        this.clock = clock;
        this.file = new GroupedFile(
                new SealedFile(folder.resolve("sessions.sealed"), master, "sessions"), "The list of sessions");
        this.adopting = !recover();
        this.unfollow = book.follow(this);
    }

    @Deactivate
    void close() {
        unfollow.run();
        boolean unused = save();
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindLimits(SessionLimits limit) {
        limits.add(limit);
    }

    void unbindLimits(SessionLimits limit) {
        limits.remove(limit);
    }

    private SessionLimits limits() {
        SessionLimits last = SessionLimits.OTHERWISE;
        for (SessionLimits each : limits) {
            last = each;
        }
        return last;
    }

    /** {@return whether the file could be read} */
    private boolean recover() {
        try {
            Optional<byte[]> bytes = file.read();
            if (bytes.isEmpty()) {
                return false;
            }
            adopt(RowCodec.decode(bytes.get()));
            return true;
        } catch (IOException damaged) {
            log.warn("The list of sessions cannot be used; those in the database are.", damaged);
            return false;
        }
    }

    private void adopt(Collection<? extends AccountRow> rows) {
        for (AccountRow each : rows) {
            if (each instanceof AccountRow.SessionRow row && row.endedAt() == null) {
                try {
                    String csrf = new String(master.unseal(purpose(row.id()), row.csrf()), StandardCharsets.US_ASCII);
                    byHash.put(row.hash(), new LiveSession(row, csrf));
                } catch (SoleraException unreadable) {
                    log.info("Session {} of {} is dropped: {}", row.id(), row.user(), unreadable.getMessage());
                }
            }
        }
    }

    private static String purpose(String id) {
        return "session." + id;
    }

    private boolean save() {
        return file.save(() -> RowCodec.encode(rows()));
    }

    private List<AccountRow.SessionRow> rows() {
        return byHash.values().stream().map(LiveSession::row).toList();
    }

    /** Begins a session; always under a new secret. */
    Begun begin(String user, String origin, String agent) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        String secret = secret();
        String csrf = secret();
        String id = random.next(RandomText.UNAMBIGUOUS, ID_LENGTH);
        AccountRow.SessionRow row = new AccountRow.SessionRow(
                id,
                user,
                Digests.sha256(secret),
                master.seal(purpose(id), csrf.getBytes(StandardCharsets.US_ASCII)),
                PeopleRules.shortened(origin, LONGEST_ORIGIN),
                PeopleRules.shortened(agent, LONGEST_AGENT),
                now,
                now.plus(limits().longest()),
                now,
                null);
        LiveSession session = new LiveSession(row, csrf);
        byHash.put(row.hash(), session);
        makeRoom(user, row.hash());
        boolean unused = save();
        return new Begun(session, secret);
    }

    private String secret() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(random.bytes(SECRET_BYTES));
    }

    private void makeRoom(String user, String spared) {
        List<LiveSession> own = byHash.values().stream()
                .filter(each -> each.begun().user().equals(user))
                .sorted(Comparator.comparing((LiveSession each) -> each.begun().since()))
                .toList();
        own.stream()
                .filter(each -> !each.begun().hash().equals(spared))
                .limit(Math.max(0, own.size() - MOST_OF_ONE))
                .forEach(each -> byHash.remove(each.begun().hash()));
        if (byHash.size() > MOST) {
            byHash.values().stream()
                    .filter(each -> !each.begun().hash().equals(spared))
                    .min(Comparator.comparing(LiveSession::lastUsed))
                    .ifPresent(each -> byHash.remove(each.begun().hash()));
        }
    }

    /** {@return the session of this secret, if it is in force; counts as a request} */
    Optional<LiveSession> find(String secret) {
        if (secret.length() != SECRET_LENGTH) {
            return Optional.empty();
        }
        LiveSession session = byHash.get(Digests.sha256(secret));
        if (session == null) {
            return Optional.empty();
        }
        Instant now = clock.instant();
        if (!inForce(session, now)) {
            byHash.remove(session.begun().hash());
            return Optional.empty();
        }
        session.use(now);
        return Optional.of(session);
    }

    private boolean inForce(LiveSession session, Instant now) {
        SessionLimits limit = limits();
        AccountRow.SessionRow begun = session.begun();
        return begun.until().isAfter(now)
                && begun.since().plus(limit.longest()).isAfter(now)
                && session.lastUsed().plus(limit.idle()).isAfter(now)
                && book.snapshot()
                        .user(begun.user())
                        .map(AccountRow.UserRow::user)
                        .filter(User::enabled)
                        .filter(user -> !user.createdAt().isAfter(begun.since()))
                        .isPresent();
    }

    /** {@return the sessions of a user, newest first} */
    List<LiveSession> of(String user) {
        Instant now = clock.instant();
        return byHash.values().stream()
                .filter(each -> each.begun().user().equals(user) && inForce(each, now))
                .sorted(Comparator.comparing((LiveSession each) -> each.begun().since())
                        .reversed())
                .toList();
    }

    /** {@return the rows of the sessions of a user} */
    List<AccountRow.SessionRow> rowsOf(String user) {
        return byHash.values().stream()
                .filter(each -> each.begun().user().equals(user))
                .map(LiveSession::row)
                .toList();
    }

    /** Ends the session of this secret. */
    void end(String secret) {
        if (byHash.remove(Digests.sha256(secret)) != null) {
            boolean unused = save();
        }
    }

    /** Ends one session of a user; {@return whether there was one} */
    boolean end(String user, String id) {
        boolean ended = byHash.values()
                .removeIf(each ->
                        each.begun().user().equals(user) && each.begun().id().equals(id));
        if (ended) {
            boolean unused = save();
        }
        return ended;
    }

    /** Ends all sessions of a user but one, by its public id; empty for none. */
    void endAll(String user, String keep) {
        boolean ended = byHash.values()
                .removeIf(each ->
                        each.begun().user().equals(user) && !each.begun().id().equals(keep));
        if (ended) {
            boolean unused = save();
        }
    }

    /** Ends every session, because all people are being replaced. */
    void endAll() {
        byHash.clear();
        synchronized (filing) {
            adopting = false;
        }
        boolean unused = save();
    }

    /** {@return how many sessions there are} */
    int size() {
        return byHash.size();
    }

    @Override
    public void loaded(List<AccountRow.SessionRow> sessions) {
        synchronized (filing) {
            if (adopting) {
                adopt(sessions);
                adopting = false;
            }
            Map<String, AccountRow.SessionRow> found = new HashMap<>();
            sessions.forEach(each -> found.put(each.id(), each));
            stored = found;
        }
    }

    @Override
    public void tick() {
        Instant now = clock.instant();
        byHash.values().removeIf(each -> !inForce(each, now));
        List<AccountRow.SessionRow> rows = rows();
        synchronized (filing) {
            if (!adopting && (filed != rows.hashCode() || !file.problem().isEmpty())) {
                filed = save() ? rows.hashCode() : -1;
            }
            if (stored != null) {
                follow(stored, rows);
            }
        }
    }

    private void follow(Map<String, AccountRow.SessionRow> known, List<AccountRow.SessionRow> rows) {
        List<AccountRow.SessionRow> put =
                rows.stream().filter(each -> !each.equals(known.get(each.id()))).toList();
        Map<String, AccountRow.SessionRow> gone = new HashMap<>(known);
        rows.forEach(each -> gone.remove(each.id()));
        List<AccountRow.SessionRow> removed = new ArrayList<>(gone.values());
        if ((put.isEmpty() && removed.isEmpty()) || !book.keep(put, removed)) {
            return;
        }
        put.forEach(each -> known.put(each.id(), each));
        removed.forEach(each -> known.remove(each.id()));
    }
}
