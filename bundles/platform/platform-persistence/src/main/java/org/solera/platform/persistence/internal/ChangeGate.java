// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.persistence.internal;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.solera.platform.api.Lease;
import org.solera.platform.api.PlatformError;
import org.solera.platform.api.SoleraException;

/**
 * Lets many changes in at a time, or one dump or restore and no change. A dump of the embedded database sees one moment
 * because nothing changes meanwhile; without this it would have to hold locks that end other people's transactions.
 */
final class ChangeGate {
    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock(true);

    /** Enters as one of many, on the calling thread; close the lease on the same one. */
    Lease change(Duration limit) throws SoleraException {
        return enter(lock.readLock(), limit, "A backup or restore holds changes back.");
    }

    /** Enters alone, on the calling thread; close the lease on the same one. */
    Lease alone(Duration limit) throws SoleraException {
        return enter(lock.writeLock(), limit, "Changes to the database do not end.");
    }

    private static Lease enter(java.util.concurrent.locks.Lock lock, Duration limit, String otherwise)
            throws SoleraException {
        boolean entered = false;
        try {
            entered = lock.tryLock(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        if (!entered) {
            throw SqlFailures.of(PlatformError.BUSY, otherwise, SqlFailures.TRY_AGAIN, null);
        }
        return lock::unlock;
    }
}
