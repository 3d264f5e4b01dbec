// SPDX-License-Identifier: Apache-2.0
package org.solera.upgrade.engine.internal;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.solera.platform.api.Lease;
import org.solera.platform.api.SoleraException;
import org.solera.upgrade.api.UpgradeError;
import org.solera.upgrade.api.UpgradeException;

/** Lets one change of what is installed run at a time. Thread-safe; one thread may take what another gives back. */
final class ChangeLock {
    /**
     * A change of what is installed.
     *
     * @param <T> what it returns
     */
    interface Change<T> {
        T run() throws SoleraException;
    }

    private final Semaphore permit = new Semaphore(1, true);
    private final AtomicLong changes = new AtomicLong();

    /**
     * Takes the right to change what is installed.
     *
     * @param patience the longest wait for a change that runs
     * @return the right; close it when the change is complete
     * @throws UpgradeException with {@link UpgradeError#BUSY} if another change runs longer
     */
    Lease take(Duration patience) throws UpgradeException {
        try {
            if (permit.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                AtomicBoolean returned = new AtomicBoolean();
                return () -> {
                    if (returned.compareAndSet(false, true)) {
                        changes.incrementAndGet();
                        permit.release();
                    }
                };
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        throw busy();
    }

    private static UpgradeException busy() {
        return new UpgradeException(
                UpgradeError.BUSY,
                "Another change of what is installed is under way.",
                "Wait until it is complete, then try again.",
                null);
    }

    /**
     * Asks something that no change may disturb, and changes nothing.
     *
     * @param patience the longest wait for a change that runs
     * @return what the question returned
     * @throws UpgradeException with {@link UpgradeError#BUSY} if a change runs longer
     */
    <T> T look(Duration patience, Change<T> question) throws SoleraException {
        try {
            if (!permit.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                throw busy();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw busy();
        }
        try {
            return question.run();
        } finally {
            permit.release();
        }
    }

    /** {@return a number that is another one after each change} */
    long revision() {
        return changes.get();
    }

    /**
     * Runs a change, alone.
     *
     * @param patience the longest wait for a change that runs
     * @param change what to do
     * @return what it returned
     */
    <T> T during(Duration patience, Change<T> change) throws SoleraException {
        Lease lease = take(patience);
        try {
            return change.run();
        } finally {
            lease.close();
        }
    }

    /** {@return whether a change runs now} */
    boolean taken() {
        return permit.availablePermits() == 0;
    }
}
