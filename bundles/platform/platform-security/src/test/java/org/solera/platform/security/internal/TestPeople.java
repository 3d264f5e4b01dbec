// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.security.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.solera.platform.api.Grant;
import org.solera.platform.api.NamedExecutors;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.access.Sessions;
import org.solera.platform.api.access.SignIn;
import org.solera.platform.api.access.User;

/** All parts that know people, wired as in the appliance, with quick hashes and a clock that moves by hand. */
final class TestPeople implements AutoCloseable {
    static final String FIRST = "first password";
    static final String PASSWORD = "correct horse battery";
    static final String ORIGIN = "192.0.2.7";
    static final int ITERATIONS = 500;

    final Path state;
    final MovingClock clock;
    final MasterKeys master;
    final AccountBook book;
    final PasswordCheck check;
    final SecondFactors factors;
    final SessionTable table;
    final DurableSessions sessions;
    final SnapshotUsers users;
    final SnapshotTokens tokens;
    final SnapshotKeys keys;
    final ThrottledAuthenticator authenticator;

    TestPeople(Path data, MovingClock clock, String first) {
        this.state = data.resolve("state/security");
        this.clock = clock;
        try {
            Files.createDirectories(state);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        this.master = new MasterKeys(state);
        this.book = new AccountBook(
                state,
                master,
                clock,
                new Direct(),
                new FirstPeople(new FirstBootNote(data), master, clock, ITERATIONS, first));
        this.check = new PasswordCheck(book, clock, clock::nanos, new PasswordHashing(ITERATIONS));
        this.factors = new SecondFactors(book, master, clock, clock::nanos);
        this.table = new SessionTable(state, book, master, clock);
        this.sessions = new DurableSessions(book, table, check, factors);
        this.users = new SnapshotUsers(book, check, factors, table, clock);
        this.tokens = new SnapshotTokens(book, clock);
        this.keys = new SnapshotKeys(book, master, clock);
        this.authenticator = new ThrottledAuthenticator(book, check, factors);
    }

    static TestPeople at(Path data, MovingClock clock) {
        return new TestPeople(data, clock, FIRST);
    }

    TestPeople with(MemoryStore store) {
        book.bindStore(store, Map.of());
        return this;
    }

    static User user(String name, String... grants) {
        Set<Grant> all = new HashSet<>();
        for (String each : grants) {
            all.add(Grant.parse(each));
        }
        return new User(name, "", "", User.LOCAL, true, Set.of(), all, false, false, java.time.Instant.EPOCH, null, 0);
    }

    User make(String name, String... grants) throws SoleraException {
        return users.create(user(name, grants), PASSWORD.toCharArray());
    }

    Sessions.Outcome tryToSignIn(String name, String password, String code) throws SoleraException {
        return sessions.signIn(new SignIn(name, password.toCharArray(), code, ORIGIN, "a browser"));
    }

    Sessions.Outcome.SignedIn signIn(String name) throws SoleraException {
        return (Sessions.Outcome.SignedIn) tryToSignIn(name, name.equals("admin") ? FIRST : PASSWORD, "");
    }

    boolean basic(String name, String password) throws SoleraException {
        return authenticator.authenticate(name, password.toCharArray(), ORIGIN).isPresent();
    }

    @Override
    public void close() {
        table.close();
        book.close();
    }

    /** Work is done at once, on the thread that asks for it; nothing happens by itself. */
    static final class Direct implements NamedExecutors {
        @Override
        public ExecutorService open(String domain, String purpose, int threads, int queue) {
            return new AbstractExecutorService() {
                private volatile boolean ended;

                @Override
                public void execute(Runnable task) {
                    task.run();
                }

                @Override
                public void shutdown() {
                    ended = true;
                }

                @Override
                public List<Runnable> shutdownNow() {
                    ended = true;
                    return List.of();
                }

                @Override
                public boolean isShutdown() {
                    return ended;
                }

                @Override
                public boolean isTerminated() {
                    return ended;
                }

                @Override
                public boolean awaitTermination(long timeout, TimeUnit unit) {
                    return ended;
                }
            };
        }

        @Override
        public ScheduledExecutorService openScheduler(String domain, String purpose) {
            return new ScheduledThreadPoolExecutor(1) {
                @Override
                public ScheduledFuture<?> scheduleWithFixedDelay(
                        Runnable task, long initial, long delay, TimeUnit unit) {
                    return schedule(() -> {}, 1, TimeUnit.DAYS);
                }
            };
        }
    }
}
