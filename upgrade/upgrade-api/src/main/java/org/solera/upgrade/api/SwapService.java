// SPDX-License-Identifier: Apache-2.0
package org.solera.upgrade.api;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;
import org.solera.platform.api.SoleraException;

/**
 * Replaces one bundle by another version of it without losing a request. Thread-safe; one change runs at a time.
 *
 * <p><b>Source of truth:</b> the record of what is installed and the journal beside it.
 */
@ProviderType
public interface SwapService {
    /**
     * Says what a swap would do; changes nothing.
     *
     * @param bundleFile a bundle; it is read during this call only, its content is kept under its hash for execution
     */
    SwapPlan plan(Path bundleFile) throws SoleraException;

    /**
     * Executes a plan. Returns when the old version is gone, or when the swap was taken back.
     *
     * @param planHash hash of a plan made before
     * @return what became of it, {@link SwapPhase#DONE} or {@link SwapPhase#ROLLED_BACK} with the failure in words
     * @throws SoleraException with {@link UpgradeError#STALE_PLAN} or {@link UpgradeError#BUSY}; nothing was changed
     * @throws InterruptedException if the calling thread is interrupted; the swap is taken back if it was not committed
     */
    SwapRecord execute(String planHash) throws SoleraException, InterruptedException;

    /**
     * Starts a plan and returns at once; the swap goes on without the caller. For callers that are part of what is
     * replaced, and for those that do not want to wait.
     *
     * @param planHash hash of a plan made before
     * @return the swap as it begins, {@link SwapPhase#INTENT}; {@link #find} tells how it goes on
     * @throws SoleraException with {@link UpgradeError#STALE_PLAN} or {@link UpgradeError#BUSY}; nothing was changed
     */
    SwapRecord begin(String planHash) throws SoleraException;

    /** {@return the swap with this number, if it is among the last 200} */
    Optional<SwapRecord> find(long id);

    /** {@return past swaps, newest first, at most 200} */
    List<SwapRecord> history();
}
