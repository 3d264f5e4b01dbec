// SPDX-License-Identifier: Apache-2.0
package org.solera.hardware.api;

import java.nio.file.Path;
import org.osgi.annotation.versioning.ProviderType;
import org.solera.platform.api.SoleraException;

/**
 * Copies what the probes read on this machine, so that another appliance can be told to be it. Thread-safe.
 */
@ProviderType
public interface MachineRecorder {
    /**
     * Records this machine.
     *
     * @param directory an empty folder, or one that is created
     * @return what was recorded
     * @throws SoleraException if the folder holds something already or cannot be written
     */
    Recording record(Path directory) throws SoleraException;

    /**
     * A recorded machine.
     *
     * @param directory the folder that stands for its root
     * @param files number of files and links in it
     * @param bytes their size, in bytes
     */
    record Recording(Path directory, int files, long bytes) {}
}
