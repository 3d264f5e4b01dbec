// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.security.internal;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
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
import org.solera.platform.api.DrainingException;
import org.solera.platform.api.HealthReport;
import org.solera.platform.api.NamedExecutors;
import org.solera.platform.api.ServiceGate;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.access.AccountRow;
import org.solera.platform.api.access.AccountStore;
import org.solera.platform.api.spi.HealthCheck;

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
    private final BookState state;
    private List<AccountRow.SessionRow> sessions = List.of(); // guarded by changes; until somebody follows
    private volatile boolean synced; // whether the database was read
    private volatile boolean stale; // whether it should be read (again)
    private volatile boolean justMade; // whether the people were made by this process
    private volatile String problem; // why nobody is known
    private volatile String away = ""; // why the database could not be used last
    private volatile Instant flushed;

    @Activate
    public AccountBook(
            @Reference Appliance appliance,
            @Reference MasterKeys master,
            @Reference Clock clock,
            @Reference NamedExecutors executors) {
        this(
                appliance.stateDirectory("security"),
                master,
                clock,
                executors,
                new FirstPeople(new FirstBootNote(appliance.dataDirectory()), master, clock));
    }

    AccountBook(Path folder, MasterKeys master, Clock clock, NamedExecutors executors, FirstPeople first) {
        this.copy = new LocalCopy(folder, master);
        this.foundation = new FoundationFiles(folder, master);
        this.first = first;
        BookStart.Begun begun = BookStart.begin(copy, foundation, first);
        this.problem = begun.problem();
        this.justMade = begun.justMade();
        this.state = new BookState(begun.rows(), begun.later());
        this.clock = clock;
        this.started = clock.instant();
        this.flushed = started;
        this.worker = executors.open("security", "store", 1, 16);
        this.ticks = executors.openScheduler("security", "ticks");
        var unused = ticks.scheduleWithFixedDelay(this::submitTick, TICK_SECONDS, TICK_SECONDS, TimeUnit.SECONDS);
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
        return state.snapshot();
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
                Outcome<T> outcome = change.apply(state.snapshot());
                answer = outcome.answer();
                if (outcome.put().isEmpty() && outcome.removed().isEmpty()) {
                    return answer;
                }
                commit(use.service(), outcome.put(), outcome.removed());
                state.take(outcome.put(), outcome.removed());
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

    /**
     * Makes a note.
     *
     * @param step works out the row from the snapshot; null if there is nothing to note
     * @param durable whether it is on disk when this returns, as far as the disk takes it
     * @return whether there was something to note
     */
    boolean note(Function<Snapshot, @Nullable AccountRow> step, boolean durable) {
        boolean noted = state.note(step);
        if (noted && durable) {
            boolean unused = save(); // a full disk is told by the health check; it must not keep the owner out
        }
        return noted;
    }

    private boolean save() {
        return copy.save(state::content);
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
                List<AccountRow> mine = state.snapshot().rows();
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
                state.adopt(rows);
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
        return rows.containsAll(state.snapshot().users());
    }

    private void flush(AccountStore store) throws SoleraException {
        changes.lock();
        try {
            flushed = clock.instant();
            List<AccountRow> rows = state.pending();
            if (!rows.isEmpty()) {
                commit(store, rows, List.of());
                state.stored(rows);
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
        state.forgetPending();
        copy.forget();
        stale = true;
    }

    @Override
    public String name() {
        return "platform.accounts";
    }

    @Override
    public HealthReport check() {
        boolean there = synced && stores.peek().isPresent() && away.isEmpty();
        boolean early = started.plus(BOOT).isAfter(clock.instant());
        return BookStart.health(snapshot(), problem, copy.problem(), there || early ? "" : "It is away. " + away);
    }
}
