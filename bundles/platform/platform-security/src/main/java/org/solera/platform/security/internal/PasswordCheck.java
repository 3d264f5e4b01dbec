// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.security.internal;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.solera.platform.api.Accounts;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.access.AccountRow;
import org.solera.platform.api.access.Directory;
import org.solera.platform.api.access.ExternalPerson;
import org.solera.platform.api.access.ThrottledException;
import org.solera.platform.api.access.User;

/**
 * Tells whether name and password belong together, here or in a directory; throttled.
 *
 * <p>A REST client sends its password with each request, and checking one takes 0.15 s of a core by design. So a password
 * that was right is remembered for a minute as a keyed hash, as long as the user does not change; the key lives in this
 * process only. Whoever proved the password within the last minute is not held up by the guesses of others.
 */
@Component(service = PasswordCheck.class)
public final class PasswordCheck {
    private static final Logger log = LoggerFactory.getLogger(PasswordCheck.class);
    private static final int LONGEST_NAME = 64;
    private static final Duration REMEMBERED = Duration.ofSeconds(60);
    private static final String SHELL = "ssh";

    /** A password that was right: of which stored state, as a keyed hash, until when. */
    private record Proof(String state, byte[] seal, long untilNanos) {}

    private final AccountBook book;
    private final ExternalPeople external;
    private final Clock clock;
    private final LongSupplier nanoTime;
    private final PasswordHashing hashing;
    private final byte[] sealKey = new RandomText().bytes(32);
    private final Map<String, Proof> proofs = new ConcurrentHashMap<>(); // one for each user at most
    private final List<Directory> directories = new CopyOnWriteArrayList<>();
    private final LoginThrottle pairs; // of a name from an origin
    private final LoginThrottle origins; // of an origin, whatever the name
    private final LoginThrottle names; // of a name, wherever from
    private final LongAdder right = new LongAdder();
    private final LongAdder wrong = new LongAdder();
    private final LongAdder throttled = new LongAdder();

    @Activate
    public PasswordCheck(@Reference AccountBook book, @Reference Clock clock) {
        this(book, clock, System::nanoTime, new PasswordHashing(PasswordHash.ITERATIONS));
    }

    PasswordCheck(AccountBook book, Clock clock, LongSupplier nanoTime, PasswordHashing hashing) {
        this.book = book;
        this.external = new ExternalPeople(book);
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.hashing = hashing;
        this.pairs = new LoginThrottle(5, Duration.ofSeconds(60), nanoTime);
        this.origins = new LoginThrottle(50, Duration.ofSeconds(60), nanoTime);
        this.names = new LoginThrottle(100, Duration.ofSeconds(5), nanoTime);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindDirectory(Directory directory) {
        directories.add(directory);
    }

    void unbindDirectory(Directory directory) {
        directories.remove(directory);
    }

    PasswordHashing hashing() {
        return hashing;
    }

    Clock clock() {
        return clock;
    }

    ExternalPeople external() {
        return external;
    }

    /** {@return the login name as it is kept} */
    static String folded(String name) {
        return name.strip().toLowerCase(Locale.ROOT);
    }

    /**
     * Checks a password.
     *
     * @return the user, or empty if the two do not belong together or the user is disabled
     * @throws SoleraException as {@link org.solera.platform.api.access.Sessions#signIn} does
     */
    Optional<AccountRow.UserRow> check(String given, char[] password, String origin) throws SoleraException {
        String name = folded(given);
        if (name.isEmpty()
                || name.length() > LONGEST_NAME
                || password.length == 0
                || password.length > Accounts.LONGEST_PASSWORD) {
            wrong.increment();
            return Optional.empty();
        }
        byte[] seal = seal(name, password);
        Optional<AccountRow.UserRow> known =
                book.snapshot().user(name).filter(row -> row.user().enabled());
        if (known.isPresent() && isProven(known.get(), seal)) {
            return known;
        }
        throttle(name, origin);
        Optional<AccountRow.UserRow> proven = isLocal(name) ? local(known, password, seal) : outside(name, password);
        if (proven.isEmpty()) {
            failed(name, origin);
            return proven;
        }
        right.increment();
        pairs.succeeded(pair(name, origin));
        names.succeeded(name);
        AccountRow.UserRow row = proven.get();
        proofs.put(name, new Proof(state(row), seal, nanoTime.getAsLong() + REMEMBERED.toNanos()));
        return proven;
    }

    private boolean isLocal(String name) {
        return book.snapshot()
                .user(name)
                .map(row -> row.user().source().equals(User.LOCAL))
                .orElse(directories.isEmpty());
    }

    private Optional<AccountRow.UserRow> local(Optional<AccountRow.UserRow> known, char[] password, byte[] seal)
            throws SoleraException {
        String stored = known.map(AccountRow.UserRow::password).orElse("");
        boolean matches = hashing.matches(stored, password, () -> known.isPresent() && isProven(known.get(), seal));
        if (!matches || known.isEmpty()) {
            return Optional.empty();
        }
        String name = known.get().user().name();
        String renewed = hashing.outdated(stored) ? hashing.of(password) : stored;
        if (!renewed.equals(stored)) {
            boolean unused = book.note(
                    now -> now.user(name)
                            .filter(row -> row.password().equals(stored))
                            .map(row -> UserRows.password(row, row.user(), renewed))
                            .orElse(null),
                    false);
        }
        // The user may have been changed while the hash was computed.
        return book.snapshot()
                .user(name)
                .filter(row -> row.user().enabled())
                .filter(row -> row.password().equals(stored) || row.password().equals(renewed));
    }

    private Optional<AccountRow.UserRow> outside(String name, char[] password) throws SoleraException {
        boolean unused = hashing.matches("", password, () -> false); // as long as for local users
        Optional<AccountRow.UserRow> known = book.snapshot().user(name);
        for (Directory directory : directories) {
            if (known.isPresent() && !known.get().user().source().equals(directory.source())) {
                continue;
            }
            Optional<ExternalPerson> person = directory.check(name, password);
            if (person.isPresent() && folded(person.get().name()).equals(name)) {
                return Optional.of(external.admit(person.get(), clock.instant()));
            }
        }
        return Optional.empty();
    }

    private void throttle(String name, String origin) throws SoleraException {
        Duration pause = pairs.pause(pair(name, origin));
        for (Duration other : List.of(isShell(origin) ? Duration.ZERO : origins.pause(origin), names.pause(name))) {
            pause = other.compareTo(pause) > 0 ? other : pause;
        }
        if (!pause.isZero()) {
            throttled.increment();
            throw new ThrottledException(pause.toSeconds() + 1);
        }
    }

    private void failed(String name, String origin) {
        pairs.failed(pair(name, origin));
        names.failed(name);
        if (!isShell(origin)) {
            origins.failed(origin);
        }
        wrong.increment();
        log.info("A login from {} was refused.", origin);
    }

    private static String pair(String name, String origin) {
        return name + " " + origin;
    }

    /** {@return whether the origin stands for everybody who uses the shell} */
    static boolean isShell(String origin) {
        return origin.equals(SHELL);
    }

    private boolean isProven(AccountRow.UserRow current, byte[] seal) {
        Proof proof = proofs.get(current.user().name());
        if (proof == null) {
            return false;
        }
        if (nanoTime.getAsLong() - proof.untilNanos() >= 0) {
            proofs.remove(current.user().name(), proof);
            return false;
        }
        return proof.state().equals(state(current)) && MessageDigest.isEqual(proof.seal(), seal);
    }

    /** {@return what must not have changed for a proof to hold} */
    private static String state(AccountRow.UserRow row) {
        User user = row.user();
        return String.join(
                " ",
                user.source(),
                row.subject(),
                row.password(),
                user.createdAt().toString());
    }

    /** Drops what is remembered of a user. */
    void forget(String name) {
        proofs.remove(name);
    }

    private byte[] seal(String name, char[] password) {
        ByteBuffer bytes = StandardCharsets.UTF_8.encode(CharBuffer.wrap(password));
        byte[] secret = Arrays.copyOf(bytes.array(), bytes.limit());
        try {
            return Digests.hmac("HmacSHA256", sealKey, name.getBytes(StandardCharsets.UTF_8), new byte[] {0}, secret);
        } finally {
            Arrays.fill(secret, (byte) 0);
            Arrays.fill(bytes.array(), (byte) 0);
        }
    }

    /** Notes that a user came in; to the minute. */
    void signedIn(String name) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MINUTES);
        Optional<AccountRow.UserRow> row = book.snapshot().user(name);
        if (row.isEmpty() || now.equals(row.get().user().lastSignInAt())) {
            return;
        }
        boolean unused = book.note(snapshot -> signedIn(snapshot, name, now), false);
    }

    private static @Nullable AccountRow signedIn(Snapshot now, String name, Instant at) {
        return now.user(name)
                .map(row -> UserRows.user(row, LaterFields.signedIn(row.user(), at)))
                .orElse(null);
    }

    long right() {
        return right.sum();
    }

    long wrong() {
        return wrong.sum();
    }

    long throttled() {
        return throttled.sum();
    }
}
