// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.api.operations;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;
import org.solera.platform.api.PlatformError;
import org.solera.platform.api.SoleraException;

/**
 * All long operations in one place. At most 1,000 ended ones are kept, the oldest go first; at most 1,000 run or wait.
 * Thread-safe. Never waits for the database.
 */
@ProviderType
public interface Operations {
    /**
     * What is to be done.
     *
     * @param kind stable name, {@code <domain>.<verb>}
     * @param title what it does, as people read it
     * @param target what it works on; may be empty
     * @param who who starts it
     * @param unit unit of its progress
     */
    record Start(String kind, String title, String target, String who, String unit) {}

    /**
     * Registers an operation; the caller does the work and reports.
     *
     * @param cancel called at most once, on another thread, when somebody cancels; null if it cannot be cancelled
     * @throws SoleraException with {@link PlatformError#BUSY} if 1,000 are under way
     */
    OperationHandle start(Start start, @Nullable Runnable cancel) throws SoleraException;

    /** {@return all kept operations, newest first} */
    List<Operation> operations();

    Optional<Operation> operation(String id);

    /**
     * Asks an operation to stop.
     *
     * @throws SoleraException with {@link PlatformError#NOT_FOUND}, or {@link PlatformError#CONFLICT} if it is over or
     *     cannot be cancelled
     */
    Operation cancel(String id) throws SoleraException;
}
