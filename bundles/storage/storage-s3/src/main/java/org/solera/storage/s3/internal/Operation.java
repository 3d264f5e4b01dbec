// SPDX-License-Identifier: Apache-2.0
package org.solera.storage.s3.internal;

import java.io.IOException;
import org.solera.platform.api.SoleraException;

/** One operation of S3. */
@FunctionalInterface
interface Operation {
    void run(S3Call call) throws SoleraException, IOException, InterruptedException;
}
