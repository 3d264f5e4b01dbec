// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.persistence.api;

import java.util.function.Function;
import javax.persistence.EntityManager;
import org.osgi.annotation.versioning.ProviderType;
import org.solera.platform.api.PlatformError;
import org.solera.platform.api.SoleraException;

/**
 * Runs work on the rows of one unit. Map entities to values within the work: an entity manager ends with it, and the work
 * runs on a thread of the database, not on that of the caller. Thread-safe.
 *
 * <p>Every call is bounded: it begins within 2 s, each of its statements takes at most 5 s, and after 5 s it is given up as a
 * whole. Only a commit that has begun is waited for 2 s more.
 *
 * <p>Fails with {@link PlatformError#BUSY} if the database is full, too slow or away, {@link PlatformError#CONFLICT} if
 * somebody else changed the same rows or a rule of the schema forbids the change, {@link PlatformError#INVALID_REQUEST} if
 * a value does not fit its column; then nothing has changed. The one exception: if the connection breaks or hangs while a
 * commit is under way, nobody can know its outcome; it is {@link PlatformError#BUSY} and the message says so. What the work
 * itself throws reaches the caller as it is.
 */
@ProviderType
public interface Database {
    /** Runs work in a transaction that is rolled back. */
    <T> T read(Function<EntityManager, T> work) throws SoleraException;

    /** Runs work in a transaction; durable when it returns. */
    <T> T change(Function<EntityManager, T> work) throws SoleraException;
}
