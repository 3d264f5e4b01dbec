// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.security.internal;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.access.AccountRow;
import org.solera.platform.api.access.ThrottledException;

/**
 * The second factor of users: codes by time ({@link Totp}), and ten recovery codes that are good once. A code is taken from
 * the step before to the step after, for clocks that differ, and never one that is not newer than the last one taken.
 * Guesses are throttled per user, up to 15 minutes. Thread-safe.
 */
@Component(service = SecondFactors.class)
public final class SecondFactors {
    private static final int RECOVERY_CODES = 10;
    private static final int RECOVERY_LENGTH = 12; // of 31 characters: 59 bits
    private static final String RECOVERY_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789";
    private static final String ISSUER = "Solera";

    private final AccountBook book;
    private final MasterKeys master;
    private final Clock clock;
    private final LoginThrottle guesses;
    private final RandomText random = new RandomText();

    @Activate
    public SecondFactors(@Reference AccountBook book, @Reference MasterKeys master, @Reference Clock clock) {
        this(book, master, clock, System::nanoTime);
    }

    SecondFactors(AccountBook book, MasterKeys master, Clock clock, LongSupplier nanoTime) {
        this.book = book;
        this.master = master;
        this.clock = clock;
        this.guesses = new LoginThrottle(5, Duration.ofMinutes(15), nanoTime);
    }

    /** Begins to set up a second factor; {@return the address for the QR code} */
    String begin(String name) throws SoleraException {
        byte[] secret = random.bytes(Totp.SECRET_BYTES);
        String sealed = master.seal(purpose(name), secret);
        return book.change(now -> {
            AccountRow.UserRow row = now.user(name).orElseThrow(() -> Refusals.noUser(name));
            if (row.user().secondFactor()) {
                throw Refusals.conflict("There is a second factor already.", "Remove it first.");
            }
            AccountRow.UserRow next =
                    UserRows.factor(row, row.user(), row.secondFactor(), sealed, row.lastCode(), row.recovery());
            return new AccountBook.Outcome<>(List.of(next), List.of(), address(name, secret));
        });
    }

    private static String address(String name, byte[] secret) {
        return "otpauth://totp/%s:%s?secret=%s&issuer=%s&algorithm=SHA1&digits=%d&period=%d"
                .formatted(
                        ISSUER,
                        URLEncoder.encode(name, StandardCharsets.UTF_8),
                        Totp.base32(secret),
                        ISSUER,
                        Totp.DIGITS,
                        Totp.STEP_SECONDS);
    }

    /** Puts the second factor in force; {@return the recovery codes} */
    List<String> confirm(String name, String code) throws SoleraException {
        throttle(name);
        List<String> recovery = new ArrayList<>();
        Set<String> hashes = new HashSet<>();
        while (recovery.size() < RECOVERY_CODES) {
            String plain = random.next(RECOVERY_ALPHABET, RECOVERY_LENGTH);
            recovery.add(plain.substring(0, 4) + "-" + plain.substring(4, 8) + "-" + plain.substring(8));
            hashes.add(hash(name, plain));
        }
        return book.change(now -> {
            AccountRow.UserRow row = now.user(name).orElseThrow(() -> Refusals.noUser(name));
            if (row.pendingSecondFactor().isEmpty()) {
                throw Refusals.conflict("No second factor waits to be confirmed.", "Begin to set one up.");
            }
            long step = step(secret(name, row.pendingSecondFactor()), code, 0);
            if (step == 0) {
                guesses.failed(name);
                throw Refusals.invalid(
                        "The code is wrong.",
                        "Check the clock of the phone and of the appliance, and try the next code.");
            }
            AccountRow.UserRow next = UserRows.factor(
                    row,
                    UserRows.next(
                            row.user(), row.user().enabled(), true, row.user().mustChangePassword()),
                    row.pendingSecondFactor(),
                    "",
                    step,
                    hashes);
            return new AccountBook.Outcome<>(List.of(next), List.of(), List.copyOf(recovery));
        });
    }

    /** Takes the second factor away. */
    void remove(String name) throws SoleraException {
        boolean unused = book.change(now -> {
            AccountRow.UserRow row = now.user(name).orElseThrow(() -> Refusals.noUser(name));
            if (!row.user().secondFactor() && row.pendingSecondFactor().isEmpty()) {
                return new AccountBook.Outcome<>(List.of(), List.of(), false);
            }
            AccountRow.UserRow next = UserRows.factor(
                    row,
                    UserRows.next(
                            row.user(), row.user().enabled(), false, row.user().mustChangePassword()),
                    "",
                    "",
                    0,
                    Set.of());
            return new AccountBook.Outcome<>(List.of(next), List.of(), true);
        });
        guesses.succeeded(name);
    }

    /**
     * Takes a code or a recovery code, which is then used up, on disk, whatever becomes of the database.
     *
     * @return whether it was good
     * @throws ThrottledException if there were too many wrong ones
     */
    boolean take(String name, String given) throws SoleraException {
        throttle(name);
        String code = given.replaceAll("[\\s-]", "").toLowerCase(Locale.ROOT);
        AccountRow.UserRow row = book.snapshot().user(name).orElse(null);
        if (row == null || row.secondFactor().isEmpty()) {
            return false;
        }
        byte[] secret = secret(name, row.secondFactor());
        String hash = hash(name, code);
        String factor = row.secondFactor();
        boolean good = book.note(
                now -> now.user(name)
                        .filter(current -> current.secondFactor().equals(factor))
                        .map(current -> used(current, secret, code, hash))
                        .orElse(null),
                true);
        if (good) {
            guesses.succeeded(name);
        } else {
            guesses.failed(name);
        }
        return good;
    }

    private AccountRow.@Nullable UserRow used(AccountRow.UserRow row, byte[] secret, String code, String hash) {
        long step = step(secret, code, row.lastCode());
        if (step > 0) {
            return UserRows.factor(
                    row, row.user(), row.secondFactor(), row.pendingSecondFactor(), step, row.recovery());
        }
        if (!row.recovery().contains(hash)) {
            return null;
        }
        Set<String> left = new HashSet<>(row.recovery());
        left.remove(hash);
        return UserRows.factor(row, row.user(), row.secondFactor(), row.pendingSecondFactor(), row.lastCode(), left);
    }

    /** {@return the step whose code this is, if it is later than the last one; else 0} */
    private long step(byte[] secret, String code, long last) {
        long now = clock.instant().getEpochSecond() / Totp.STEP_SECONDS;
        long found = 0;
        for (long step = now - 1; step <= now + 1; step++) { // all of them, so that the time tells nothing
            if (Totp.code(secret, step, Totp.DIGITS).equals(code) && step > last) {
                found = step;
            }
        }
        return found;
    }

    private void throttle(String name) throws ThrottledException {
        Duration pause = guesses.pause(name);
        if (!pause.isZero()) {
            throw new ThrottledException(pause.toSeconds() + 1);
        }
    }

    private byte[] secret(String name, String sealed) throws SoleraException {
        return master.unseal(purpose(name), sealed);
    }

    private static String purpose(String name) {
        return "second-factor." + name;
    }

    private static String hash(String name, String code) {
        return Digests.sha256("recovery " + name + " " + code);
    }
}
