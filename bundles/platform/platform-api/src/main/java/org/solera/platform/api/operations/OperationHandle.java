// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.api.operations;

import org.osgi.annotation.versioning.ProviderType;
import org.solera.platform.api.SoleraException;

/** The worker's end of an operation. Thread-safe; reports after the end are ignored. Reports are cheap: call them often. */
@ProviderType
public interface OperationHandle extends AutoCloseable {
    String id();

    /** It runs, and this much is done. */
    void progress(long done, long total, String message);

    /** It waits, and why, as a sentence. */
    void waiting(String cause);

    /** {@return whether somebody asked it to stop} */
    boolean cancelRequested();

    /** It is done; {@code result} is an address beginning with {@code /api/v1/}, or empty. */
    void succeeded(String message, String result);

    void failed(SoleraException failure);

    void cancelled();

    /** Ends it as failed, if it has not ended. */
    @Override
    void close();
}
