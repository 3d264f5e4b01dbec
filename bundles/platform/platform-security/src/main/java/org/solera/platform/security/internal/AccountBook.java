// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.security.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.solera.platform.api.Appliance;
import org.solera.platform.api.DrainingException;
import org.solera.platform.api.HealthReport;
import org.solera.platform.api.NamedExecutors;
import org.solera.platform.api.ServiceGate;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.access.AccountRow;
import org.solera.platform.api.access.AccountStore;
import org.solera.platform.api.spi.HealthCheck;
import org.solera.platform.security.internal.LocalCopy.RowId;

/**
 * Everybody, in memory. Readers take the {@link #snapshot} and never wait.
 *
 * <p>A <b>change</b> is checked against the snapshot, committed to the database in one transaction (the commit point), put
 * into the snapshot, and written to the local copy; changes go one after the other. A <b>note</b> is what a sign-in leaves
 * behind, a code used up for instance: it is in the snapshot and, if it must not be lost, in the local copy at once, and
 * in the database within {@value #FLUSH_SECONDS} s or once that is back. <b>Source of truth:</b> the database; the local
 * copy until the database has been read for the first time. <b>Thread-safety:</b> thread-safe.
 */
@Component(
        immediate = true,
        service = {AccountBook.class, HealthCheck.class})
public final class AccountBook implements HealthCheck {
    /** What a change does to the rows, and its answer. */
    record Outcome<T>(List<? extends AccountRow> put, List<? extends AccountRow> removed, T answer) {}

    /** Works out a change; may refuse it. */
    @FunctionalInterface
    interface Change<T> {
        Outcome<T> apply(Snapshot now) throws SoleraException;
    }

    /** Follows the book; called on its own thread. */
    interface Follower {
        /** The database was read; these sessions stand in it. */
        void loaded(List<AccountRow.SessionRow> sessions);

        /** A few seconds passed. */
        void tick();
    }

    private static final Logger log = LoggerFactory.getLogger(AccountBook.class);
    private static final int TICK_SECONDS = 5;
    private static final int FLUSH_SECONDS = 15;
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration BOOT = Duration.ofSeconds(60);

    private final ServiceGate<AccountStore> stores = new ServiceGate<>("The database of the accounts");
    private final LocalCopy copy;
    private final FoundationFiles foundation;
    private final FirstPeople first;
    private final Clock clock;
    private final Instant started;
    private final ExecutorService worker;
    private final ScheduledExecutorService ticks;
    private final AtomicBoolean ticking = new AtomicBoolean();
    private final List<Follower> followers = new CopyOnWriteArrayList<>();

    private final ReentrantLock changes = new ReentrantLock(); // one change, load or flush at a time
    private final Object state = new Object();
    private volatile Snapshot snapshot; // replaced as a whole, guarded by state
    private final Set<RowId> later = new HashSet<>(); // guarded by state; rows that the database has yet to take
    private List<AccountRow.SessionRow> sessions = List.of(); // guarded by changes; until somebody follows
    private volatile boolean synced; // whether the database was read
    private volatile boolean stale; // whether it should be read (again)
    private volatile boolean justMade; // whether the people were made by this process
    private volatile String problem = ""; // why nobody is known
    private volatile String away = ""; // why the database could not be used last
    private volatile Instant flushed;

    @Activate
    public AccountBook(
            @Reference Appliance appliance,
            @Reference MasterKeys master,
            @Reference Clock clock,
            @Reference NamedExecutors executors,
            BundleContext context) {
        this(
                appliance.stateDirectory("security"),
                master,
                clock,
                executors,
                new FirstPeople(
                        new FirstBootNote(appliance.dataDirectory()),
                        master,
                        clock,
                        PasswordHash.ITERATIONS,
                        Objects.toString(context.getProperty(FirstPeople.PASSWORD), "")));
    }

    AccountBook(Path folder, MasterKeys master, Clock clock, NamedExecutors executors, FirstPeople first) {
        this.copy = new LocalCopy(folder, master);
        this.foundation = new FoundationFiles(folder, master);
        this.first = first;
        this.clock = clock;
        this.started = clock.instant();
        this.flushed = started;
        this.snapshot = boot();
        this.worker = executors.open("security", "store", 1, 16);
        this.ticks = executors.openScheduler("security", "ticks");
        var unused = ticks.scheduleWithFixedDelay(this::submitTick, TICK_SECONDS, TICK_SECONDS, TimeUnit.SECONDS);
    }

    private Snapshot boot() {
        try {
            Optional<LocalCopy.Content> known = copy.read();
            if (known.isPresent()) {
                synchronized (state) {
                    later.addAll(known.get().later());
                }
                return Snapshot.of(known.get().rows());
            }
        } catch (IOException damaged) {
            problem = Objects.toString(damaged.getMessage(), damaged.toString());
            log.error("The local copy of the accounts cannot be used; the database is waited for.", damaged);
            return Snapshot.EMPTY;
        }
        try {
            if (foundation.exist()) {
                return Snapshot.of(foundation.read());
            }
            List<AccountRow> made = first.make();
            justMade = true;
            Snapshot begun = Snapshot.of(made);
            if (!copy.save(() -> new LocalCopy.Content(made, Set.of()))) {
                throw new IOException("The accounts of first boot could not be stored: " + copy.problem());
            }
            return begun;
        } catch (IOException failure) {
            throw new UncheckedIOException("The accounts cannot be read or made.", failure);
        }
    }

    @Deactivate
    void close() {
        ticks.shutdownNow();
        worker.shutdownNow();
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindStore(AccountStore store, Map<String, ?> properties) {
        stores.bind(store, properties);
        stale = true;
        submitTick();
    }

    void unbindStore(AccountStore store) {
        if (!stores.unbind(store)) {
            log.warn("The database of the accounts went while it was in use.");
        }
    }

    /** Follows the book from now on. */
    Runnable follow(Follower follower) {
        changes.lock();
        try {
            followers.add(follower);
            if (synced) {
                follower.loaded(sessions);
                sessions = List.of();
            }
        } finally {
            changes.unlock();
        }
        return () -> followers.remove(follower);
    }

    /** {@return everybody, as of the last change} */
    Snapshot snapshot() {
        return snapshot;
    }

    /**
     * Makes a change; durable when it returns.
     *
     * @throws SoleraException what the change refuses; BUSY if the database is away or slow, and then nothing has changed
     */
    <T> T change(Change<T> change) throws SoleraException {
        T answer;
        try (ServiceGate.Use<AccountStore> use = stores.enter()) {
            if (!changes.tryLock(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw Refusals.busy("Too many changes wait for the database.", null);
            }
            try {
                if (!synced) {
                    throw Refusals.busy("The database has not been read yet.", null);
                }
                Outcome<T> outcome = change.apply(snapshot);
                answer = outcome.answer();
                if (outcome.put().isEmpty() && outcome.removed().isEmpty()) {
                    return answer;
                }
                commit(use.service(), outcome.put(), outcome.removed());
                take(outcome.put(), outcome.removed());
            } finally {
                changes.unlock();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw Refusals.busy("The change was interrupted.", interrupted);
        } catch (DrainingException missing) {
            throw Refusals.busy("The database is away; changes have to wait.", missing);
        }
        boolean unused = save();
        return answer;
    }

    private void commit(AccountStore store, List<? extends AccountRow> put, List<? extends AccountRow> removed)
            throws SoleraException {
        try {
            store.commit(put, removed); // the commit point
            away = "";
        } catch (SoleraException refused) {
            away = refused.explain();
            throw refused;
        }
    }

    private void take(List<? extends AccountRow> put, List<? extends AccountRow> removed) {
        synchronized (state) {
            List<AccountRow> merged = new ArrayList<>();
            for (AccountRow row : put) {
                AccountRow both = LaterFields.merge(row, snapshot.current(row));
                merged.add(both);
                if (both.equals(row)) {
                    later.remove(RowId.of(row));
                } else {
                    later.add(RowId.of(row));
                }
            }
            removed.forEach(row -> later.remove(RowId.of(row)));
            snapshot = snapshot.with(merged, removed);
        }
    }

    /**
     * Makes a note.
     *
     * @param step works out the row from the snapshot; null if there is nothing to note
     * @param durable whether it must be on disk when this returns
     * @return whether there was something to note
     */
    boolean note(Function<Snapshot, @Nullable AccountRow> step, boolean durable) {
        synchronized (state) {
            AccountRow next = step.apply(snapshot);
            if (next == null) {
                return false;
            }
            snapshot = snapshot.with(List.of(next), List.of());
            later.add(RowId.of(next));
        }
        return !durable || save();
    }

    private boolean save() {
        return copy.save(() -> {
            synchronized (state) {
                return new LocalCopy.Content(snapshot.rows(), Set.copyOf(later));
            }
        });
    }

    private void submitTick() {
        if (!ticking.compareAndSet(false, true)) {
            return;
        }
        try {
            worker.execute(this::tick);
        } catch (RejectedExecutionException closing) {
            ticking.set(false);
            log.debug("The book is being closed.", closing);
        }
    }

    /** Reads the database if it came, hands it what it missed, and lets followers work. */
    void tick() {
        ticking.set(false);
        try {
            Optional<AccountStore> store = stores.peek();
            if (store.isPresent() && (stale || !synced)) {
                load(store.get());
            }
            if (store.isPresent()
                    && synced
                    && flushed.plusSeconds(FLUSH_SECONDS).compareTo(clock.instant()) <= 0) {
                flush(store.get());
            }
            if (!copy.problem().isEmpty()) {
                boolean unused = save();
            }
            followers.forEach(Follower::tick);
        } catch (SoleraException refused) {
            log.info("The database of the accounts cannot be used now: {}", refused.explain());
        }
    }

    /** Takes what the database says; what sign-ins noted since, which it does not have yet, stays. */
    private void load(AccountStore store) throws SoleraException {
        changes.lock();
        try {
            stale = false;
            List<AccountRow> rows = read(store);
            if (rows.stream().noneMatch(AccountRow.UserRow.class::isInstance)) {
                List<AccountRow> mine = snapshot.rows();
                if (mine.isEmpty()) {
                    problem = "Nobody is known: the database is empty and there is no local copy that can be read.";
                    return;
                }
                commit(store, mine, List.of());
                log.info("The database was empty; it got {} rows of people from this box.", mine.size());
            } else {
                if (justMade && !snapshotIsIn(rows)) {
                    log.warn("The database holds people already; the account made at this start is dropped.");
                    first.takeBack();
                }
                adopt(rows);
            }
            justMade = false;
            problem = "";
            synced = true;
            sessions = rows.stream()
                    .filter(AccountRow.SessionRow.class::isInstance)
                    .map(AccountRow.SessionRow.class::cast)
                    .toList();
            if (!followers.isEmpty()) {
                followers.forEach(each -> each.loaded(sessions));
                sessions = List.of();
            }
            if (save() && foundation.exist()) {
                foundation.retire();
                log.info("The accounts of the time before the database were taken over.");
            }
        } catch (SoleraException refused) {
            stale = true;
            throw refused;
        } catch (IOException failure) {
            log.warn("The account files of the time before the database could not be put aside.", failure);
        } finally {
            changes.unlock();
        }
    }

    private List<AccountRow> read(AccountStore store) throws SoleraException {
        try {
            List<AccountRow> rows = store.load();
            away = "";
            return rows;
        } catch (SoleraException refused) {
            away = refused.explain();
            throw refused;
        }
    }

    private boolean snapshotIsIn(List<AccountRow> rows) {
        return rows.containsAll(snapshot.users());
    }

    private void adopt(List<AccountRow> rows) {
        synchronized (state) {
            Snapshot loaded = Snapshot.of(rows);
            List<AccountRow> noted = new ArrayList<>();
            for (AccountRow mine : snapshot.rows()) {
                AccountRow theirs = later.contains(RowId.of(mine)) ? loaded.current(mine) : null;
                if (theirs != null) {
                    noted.add(sameVersion(mine, theirs) ? mine : LaterFields.merge(theirs, mine));
                }
            }
            later.clear();
            noted.forEach(row -> later.add(RowId.of(row)));
            snapshot = loaded.with(noted, List.of());
        }
    }

    private static boolean sameVersion(AccountRow mine, AccountRow theirs) {
        return mine instanceof AccountRow.UserRow one
                && theirs instanceof AccountRow.UserRow other
                && one.user().version() == other.user().version()
                && one.user().createdAt().equals(other.user().createdAt());
    }

    private void flush(AccountStore store) throws SoleraException {
        changes.lock();
        try {
            flushed = clock.instant();
            List<AccountRow> rows;
            synchronized (state) {
                rows = snapshot.rows().stream()
                        .filter(row -> later.contains(RowId.of(row)))
                        .toList();
            }
            if (rows.isEmpty()) {
                return;
            }
            commit(store, rows, List.of());
            synchronized (state) {
                rows.stream()
                        .filter(row -> row.equals(snapshot.current(row)))
                        .forEach(row -> later.remove(RowId.of(row)));
            }
        } finally {
            changes.unlock();
        }
    }

    /** Writes sessions to the database, if it is there; {@return whether it has them} */
    boolean keep(List<AccountRow.SessionRow> put, List<AccountRow.SessionRow> removed) {
        Optional<AccountStore> store = stores.peek();
        if (store.isEmpty() || !synced) {
            return false;
        }
        try {
            commit(store.get(), put, removed);
            return true;
        } catch (SoleraException refused) {
            log.debug("The sessions wait for the database.", refused);
            return false;
        }
    }

    /** Takes the local copy away and reads the database again, because it is being replaced as a whole. */
    void replaced() {
        synchronized (state) {
            later.clear();
        }
        copy.forget();
        stale = true;
    }

    @Override
    public String name() {
        return "platform.accounts";
    }

    @Override
    public HealthReport check() {
        Snapshot now = snapshot;
        String people = "%d users, %d groups."
                .formatted(now.users().size(), now.groups().size());
        if (now.users().isEmpty()) {
            return HealthReport.down(
                    "Nobody can sign in. " + problem, "Bring the database back, or restore a backup of the appliance.");
        }
        if (!copy.problem().isEmpty()) {
            return HealthReport.degraded(
                    people + " The local copy could not be written: " + copy.problem(),
                    "Check the free space of the data folder; until then nobody can sign in after a start without the"
                            + " database.");
        }
        boolean there = synced && stores.peek().isPresent() && away.isEmpty();
        if (!there && started.plus(BOOT).isBefore(clock.instant())) {
            return HealthReport.degraded(
                    people + " The database is away: people can sign in, changes have to wait. " + away,
                    "See the health of the database.");
        }
        return HealthReport.up(people);
    }
}
