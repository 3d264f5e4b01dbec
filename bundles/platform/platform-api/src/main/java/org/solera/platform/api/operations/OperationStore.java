// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.api.operations;

import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;
import org.solera.platform.api.SoleraException;

/** Keeps operations over a restart. Thread-safe. */
@ConsumerType
public interface OperationStore {
    /** {@return all kept operations} */
    List<Operation> load() throws SoleraException;

    /** Adds or replaces operations and removes others, in one transaction. */
    void save(List<Operation> put, List<String> removedIds) throws SoleraException;
}
