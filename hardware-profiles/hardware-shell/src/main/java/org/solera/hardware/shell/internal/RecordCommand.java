// SPDX-License-Identifier: Apache-2.0
package org.solera.hardware.shell.internal;

import java.io.PrintStream;
import java.nio.file.Path;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.solera.hardware.api.MachineRecorder;
import org.solera.platform.api.SoleraException;

/** Command {@code hardware:record}. */
@Service
@Command(
        scope = "hardware",
        name = "record",
        description = "Copies what the probes read into a folder, to replay this machine elsewhere")
public final class RecordCommand extends HardwareCommand {
    @Argument(name = "folder", description = "An empty folder, or one that is created", required = true)
    String folder = "";

    @Override
    void run(PrintStream out) throws SoleraException {
        MachineRecorder.Recording recording = Newest.use(
                bundleContext(),
                MachineRecorder.class,
                "The recorder of this machine",
                recorder -> recorder.record(Path.of(folder)));
        out.println("Recorded %d files, %d bytes, in %s."
                .formatted(recording.files(), recording.bytes(), recording.directory()));
        out.println("They name models and hardware addresses of this machine, and no serial numbers or data.");
    }
}
