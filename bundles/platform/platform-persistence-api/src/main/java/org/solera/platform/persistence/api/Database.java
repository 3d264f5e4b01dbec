// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.persistence.api;

import java.util.function.Function;
import javax.persistence.EntityManager;
import org.osgi.annotation.versioning.ProviderType;
import org.solera.platform.api.PlatformError;
import org.solera.platform.api.SoleraException;

/**
 * Runs work on the rows of one unit. Map entities to values within the work: an entity manager ends with it. Every call is
 * bounded: it waits for a connection at most 2 s and for each statement at most 5 s. Thread-safe.
 *
 * <p>Fails with {@link PlatformError#BUSY} if the database is full, too slow or away, {@link PlatformError#CONFLICT} if
 * somebody else changed the same rows; then nothing has changed.
 */
@ProviderType
public interface Database {
    /** Runs work in a transaction that is rolled back. */
    <T> T read(Function<EntityManager, T> work) throws SoleraException;

    /** Runs work in a transaction; durable when it returns. */
    <T> T change(Function<EntityManager, T> work) throws SoleraException;
}
