// SPDX-License-Identifier: Apache-2.0
package org.solera.media.rest.internal;

import org.solera.platform.api.Workers.PoolStatus;

/**
 * Wire form of a pool of worker processes.
 *
 * @param name dotted name
 * @param running processes alive
 * @param busy processes that serve a request
 * @param waiting callers that wait for a process
 * @param restarts processes that ended unasked since the pool was opened
 * @param jailed whether the processes run in a jail
 */
public record WorkerPoolDto(String name, int running, int busy, int waiting, long restarts, boolean jailed) {
    static WorkerPoolDto of(PoolStatus status) {
        return new WorkerPoolDto(
                status.name(), status.running(), status.busy(), status.waiting(), status.restarts(), status.jailed());
    }
}
