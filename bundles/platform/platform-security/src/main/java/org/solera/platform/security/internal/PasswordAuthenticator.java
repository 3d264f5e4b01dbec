// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.security.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.solera.platform.api.Accounts;
import org.solera.platform.api.Appliance;
import org.solera.platform.api.Authenticator;
import org.solera.platform.api.Identity;
import org.solera.platform.api.PlatformError;
import org.solera.platform.api.Role;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.spi.MetricSource;
import org.solera.platform.security.internal.AccountFile.Account;

/**
 * Checks passwords against the account file and makes the administrator at first boot.
 *
 * <p>A REST client sends its password with each request, and checking one takes 0.2 s of a core by design. So a password
 * that was right is remembered for a minute as a keyed hash; the key lives in this process only. At most two passwords
 * are checked the slow way at one time, so that guessing cannot take all cores.
 */
@Component(
        immediate = true,
        service = {Authenticator.class, Accounts.class, MetricSource.class})
public final class PasswordAuthenticator implements Authenticator, Accounts, MetricSource {
    static final String ADMINISTRATOR = "admin";

    private static final Logger log = LoggerFactory.getLogger(PasswordAuthenticator.class);
    private static final int GENERATED_LENGTH = 20;
    private static final int LONGEST_NAME = 100;
    private static final Duration REMEMBERED = Duration.ofSeconds(60);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int PARALLEL = 2;

    private record Proof(PasswordHash password, byte[] seal, long untilNanos) {}

    private final AccountFile accounts;
    private final RandomText random = new RandomText();
    private final LongSupplier nanoTime;
    private final LoginThrottle throttle;
    private final Semaphore slow = new Semaphore(PARALLEL);
    private final SecretKeySpec sealKey = new SecretKeySpec(random.bytes(32), "HmacSHA256");
    private final Map<String, Proof> proofs = new ConcurrentHashMap<>(); // one for each account at most
    private final PasswordHash nobody; // takes the time of a check when there is no such account
    private final LongAdder refused = new LongAdder();

    @Activate
    public PasswordAuthenticator(@Reference Appliance appliance) {
        this(appliance.stateDirectory("security"), new FirstBootNote(appliance.dataDirectory()), System::nanoTime);
    }

    PasswordAuthenticator(Path folder, FirstBootNote note, LongSupplier nanoTime) {
        this.accounts = new AccountFile(folder);
        this.nanoTime = nanoTime;
        this.throttle = new LoginThrottle(nanoTime);
        this.nobody = new PasswordHash(PasswordHash.ITERATIONS, "AAAAAAAAAAAAAAAAAAAAAA==", "");
        try {
            if (!accounts.exists()) {
                String password = random.next(RandomText.UNAMBIGUOUS, GENERATED_LENGTH);
                note.put("admin password", password);
                Identity administrator = Identity.of(ADMINISTRATOR, Set.of(Role.OWNER));
                accounts.put(new Account(administrator, PasswordHash.of(password.toCharArray(), random)));
                log.info("Account {} was made.", ADMINISTRATOR);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException("The administrator account cannot be made.", failure);
        }
    }

    @Override
    public Optional<Identity> authenticate(String name, char[] password, String origin) throws SoleraException {
        if (name.length() > LONGEST_NAME || password.length > LONGEST_PASSWORD) {
            refused.increment();
            return Optional.empty();
        }
        Optional<Account> account = find(name);
        byte[] seal = seal(name, password);
        if (account.isPresent() && isProven(name, account.get().password(), seal)) {
            return account.map(Account::identity);
        }
        Duration pause = throttle.pause(name, origin);
        if (!pause.isZero()) {
            refused.increment();
            throw new SoleraException(
                    PlatformError.BUSY,
                    "There were too many failed attempts to log in.",
                    "Try again in %d s.".formatted(pause.toSeconds() + 1),
                    null);
        }
        PasswordHash expected = account.map(Account::password).orElse(nobody);
        if (!matchesSlowly(expected, password, () -> isProven(name, expected, seal))) {
            throttle.failed(name, origin);
            refused.increment();
            log.info("A login from {} was refused.", origin);
            return Optional.empty();
        }
        throttle.succeeded(name, origin);
        proofs.put(name, new Proof(expected, seal, nanoTime.getAsLong() + REMEMBERED.toNanos()));
        return account.map(Account::identity);
    }

    private Optional<Account> find(String name) throws SoleraException {
        try {
            return accounts.find(name);
        } catch (IOException damaged) {
            throw new SoleraException(
                    PlatformError.INTERNAL,
                    "The accounts cannot be read: %s".formatted(damaged.getMessage()),
                    "Check the data folder, or restore state/security from a backup.",
                    damaged);
        }
    }

    private boolean isProven(String name, PasswordHash current, byte[] seal) {
        Proof proof = proofs.get(name);
        if (proof == null) {
            return false;
        }
        if (proof.untilNanos() - nanoTime.getAsLong() <= 0 || !proof.password().equals(current)) {
            proofs.remove(name, proof);
            return false;
        }
        return MessageDigest.isEqual(proof.seal(), seal);
    }

    /** Of many that come with the same password at one moment the first ones check it and the others find it proven. */
    private boolean matchesSlowly(PasswordHash expected, char[] password, BooleanSupplier provenMeanwhile)
            throws SoleraException {
        try {
            if (!slow.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new SoleraException(
                        PlatformError.BUSY, "Too many people log in at once.", "Try again in a moment.", null);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new SoleraException(
                    PlatformError.BUSY, "The login was interrupted.", "Try again in a moment.", interrupted);
        }
        try {
            return provenMeanwhile.getAsBoolean() || expected.matches(password);
        } finally {
            slow.release();
        }
    }

    private byte[] seal(String name, char[] password) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(sealKey);
            mac.update(name.getBytes(StandardCharsets.UTF_8));
            mac.update((byte) 0);
            mac.update(StandardCharsets.UTF_8.encode(CharBuffer.wrap(password)));
            return mac.doFinal();
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("Every Java runtime has HmacSHA256.", missing);
        }
    }

    @Override
    public void setPassword(String name, char[] password) throws SoleraException {
        if (password.length < SHORTEST_PASSWORD || password.length > LONGEST_PASSWORD) {
            throw new SoleraException(
                    PlatformError.INVALID_REQUEST,
                    "A password has %d to %d characters; this one has %d."
                            .formatted(SHORTEST_PASSWORD, LONGEST_PASSWORD, password.length),
                    "Choose another one.",
                    null);
        }
        Account known = find(name)
                .orElseThrow(() -> new SoleraException(
                        PlatformError.NOT_FOUND,
                        "There is no account of this name.",
                        "The administrator is called %s.".formatted(ADMINISTRATOR),
                        null));
        try {
            accounts.put(new Account(known.identity(), PasswordHash.of(password, random)));
        } catch (IOException failure) {
            throw new SoleraException(
                    PlatformError.INTERNAL,
                    "The password could not be stored: %s".formatted(failure.getMessage()),
                    "Check the free space of the data folder; the old password stays in force.",
                    failure);
        }
        proofs.remove(name);
        log.info("The password of {} was changed.", name);
    }

    @Override
    public void collect(Sink sink) {
        sink.counter("solera_platform_logins_refused_total", "Logins that were refused", refused.sum());
    }
}
