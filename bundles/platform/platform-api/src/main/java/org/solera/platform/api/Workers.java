// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.api;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** Runs supervised, jailed child processes. Thread-safe. No worker outlives the appliance, not even its {@code kill -9}. */
@ProviderType
public interface Workers {
    /**
     * Opens a pool; its processes start when they are first needed.
     *
     * @param spec how the workers are run
     * @return the pool; the caller closes it when its component deactivates
     */
    WorkerPool open(WorkerSpec spec);

    /** {@return every pool that is open, for people} */
    List<PoolStatus> status();

    /**
     * A pool at one moment.
     *
     * @param name the name of its {@link WorkerSpec}
     * @param running processes alive
     * @param busy processes that serve a request
     * @param waiting callers that wait for a process
     * @param restarts processes that ended without being asked to, since the pool was opened
     * @param jailed whether the processes run in a jail
     */
    record PoolStatus(String name, int running, int busy, int waiting, long restarts, boolean jailed) {}
}
