// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.api.access;

import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;
import org.solera.platform.api.PlatformError;
import org.solera.platform.api.SoleraException;

/** Keeps the rows of people. Thread-safe. Fails with {@link PlatformError#BUSY} when it does not answer within 5 s. */
@ConsumerType
public interface AccountStore {
    /** {@return all rows} */
    List<AccountRow> load() throws SoleraException;

    /**
     * Writes and removes rows in one transaction; durable when it returns, and when it fails nothing has changed.
     *
     * @param put rows to add, or to replace by {@link AccountRow#key()}
     * @param removed rows to remove; missing ones are no failure
     */
    void commit(List<? extends AccountRow> put, List<? extends AccountRow> removed) throws SoleraException;
}
