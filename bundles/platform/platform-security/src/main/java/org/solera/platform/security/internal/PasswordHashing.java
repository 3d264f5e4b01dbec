// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.security.internal;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.solera.platform.api.SoleraException;

/**
 * Computes password hashes, a few at a time, so that guessing cannot take all cores; {@value #WAITING} wait for their turn
 * at most 10 s, more are refused. <b>Thread-safety:</b> thread-safe.
 */
final class PasswordHashing {
    private static final int WAITING = 64;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final int iterations;
    private final PasswordHash nobody;
    private final RandomText random = new RandomText();
    private final Semaphore slow;

    PasswordHashing(int iterations) {
        this.iterations = iterations;
        this.nobody = PasswordHash.ofNobody(iterations);
        this.slow = new Semaphore(Math.max(2, Runtime.getRuntime().availableProcessors() / 4), true);
    }

    /** {@return the stored form of a password} */
    String of(char[] password) throws SoleraException {
        enter();
        try {
            return PasswordHash.of(password, iterations, random).toString();
        } finally {
            slow.release();
        }
    }

    /** {@return whether the stored form was made with fewer rounds than are made now} */
    boolean outdated(String stored) {
        return PasswordHash.parse(stored).iterations() < iterations;
    }

    /**
     * Compares; takes the same time when there is nothing to compare with.
     *
     * @param stored the stored form; empty for none
     * @param known asked again before the work begins: somebody may have done it meanwhile
     */
    boolean matches(String stored, char[] password, BooleanSupplier known) throws SoleraException {
        enter();
        try {
            if (known.getAsBoolean()) {
                return true;
            }
            return (stored.isEmpty() ? nobody : PasswordHash.parse(stored)).matches(password);
        } catch (IllegalArgumentException damaged) {
            throw new IllegalStateException("The stored form of a password is damaged.", damaged);
        } finally {
            slow.release();
        }
    }

    private void enter() throws SoleraException {
        try {
            if (slow.getQueueLength() >= WAITING || !slow.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw Refusals.busy("Too many people sign in at once.", null);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw Refusals.busy("The sign-in was interrupted.", interrupted);
        }
    }
}
