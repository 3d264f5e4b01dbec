// SPDX-License-Identifier: Apache-2.0
package org.solera.hardware.linux.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.solera.hardware.api.Inventory;
import org.solera.hardware.api.MachineRecorder;
import org.solera.hardware.api.spi.InventoryProbe;
import org.solera.platform.api.HealthReport;
import org.solera.platform.api.PlatformError;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.spi.HealthCheck;

/**
 * Reads a Linux machine, this one or a recorded one. Thread-safe; keeps nothing between two probes.
 *
 * <p>A recorded machine is a folder with the files that the probes read, in the places where they read them, and one
 * note of the recorder, {@code record.properties}: {@code format=1}, {@code architecture}, {@code recorded} (UTC).
 */
@Component(
        service = {InventoryProbe.class, MachineRecorder.class, HealthCheck.class},
        configurationPid = "solera.hardware.linux")
@Designate(ocd = LinuxProbeConfig.class)
public final class LinuxProbe implements InventoryProbe, MachineRecorder, HealthCheck {
    private static final Logger log = LoggerFactory.getLogger(LinuxProbe.class);
    private static final String ROOT_PROPERTY = "solera.hardware.root";
    private static final String NOTE = "/record.properties";

    private final Path root;
    private final boolean live;
    private final MachineFiles files;
    private final Clock clock;

    /** Opens the probe as a component. */
    @Activate
    public LinuxProbe(BundleContext context, LinuxProbeConfig config) {
        this(root(config.root(), context.getProperty(ROOT_PROPERTY)), Clock.systemUTC());
    }

    LinuxProbe(Path root, Clock clock) {
        this.root = root.toAbsolutePath().normalize();
        this.live = this.root.equals(Path.of("/"));
        this.files = new RootedFiles(this.root);
        this.clock = clock;
        if (!live) {
            log.warn("This appliance takes itself for the machine recorded in {}.", this.root);
        }
    }

    static Path root(String configured, @Nullable String property) {
        if (!configured.isBlank()) {
            return Path.of(configured.strip());
        }
        return property == null || property.isBlank() ? Path.of("/") : Path.of(property.strip());
    }

    @Override
    public Inventory probe() {
        return read(files);
    }

    private Inventory read(MachineFiles from) {
        return new Inventory(
                Instant.now(clock),
                root.toString(),
                architecture(from),
                BoardFacts.board(from),
                ProcessorFacts.cpu(from),
                ProcessorFacts.memoryBytes(from),
                GraphicsFacts.gpus(from),
                DeviceFacts.blockDevices(from),
                DeviceFacts.networkInterfaces(from));
    }

    private String architecture(MachineFiles from) {
        if (live) {
            return ProcessorFacts.architecture(System.getProperty("os.arch", ""));
        }
        String note = FactText.value(from.text(NOTE), "architecture", '=').orElse("");
        return ProcessorFacts.recordedArchitecture(from, note);
    }

    @Override
    public Recording record(Path directory) throws SoleraException {
        Path target = directory.toAbsolutePath().normalize();
        RecordingFiles recorded = new RecordingFiles(files);
        Inventory inventory = read(recorded);
        try {
            if (Files.exists(target) && holdsSomething(target)) {
                throw new SoleraException(
                        PlatformError.CONFLICT,
                        "Folder " + target + " holds something already.",
                        "Name an empty folder, or one that does not exist yet.",
                        null);
            }
            Files.createDirectories(target);
            recorded.writeTo(target);
            // The note of a record that is recorded again was copied with the other files.
            if (Files.notExists(target.resolve(NOTE.substring(1)))) {
                Files.writeString(
                        target.resolve(NOTE.substring(1)),
                        "format=1\narchitecture=%s\nrecorded=%s\n"
                                .formatted(inventory.architecture(), inventory.probed()));
            }
            return new Recording(target, recorded.files(), recorded.sizeBytes());
        } catch (IOException failure) {
            throw new SoleraException(
                    PlatformError.INVALID_REQUEST,
                    "The machine cannot be recorded in " + target + ": " + failure,
                    "Name a folder that the appliance may write.",
                    failure);
        }
    }

    private static boolean holdsSomething(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.findAny().isPresent();
        }
    }

    @Override
    public String name() {
        return "hardware.linux";
    }

    @Override
    public HealthReport check() {
        if (live) {
            return HealthReport.up("Reads this machine from /.");
        }
        if (!Files.isDirectory(root)) {
            return HealthReport.degraded(
                    "The root for the probes, " + root + ", is no folder, so no fact is known.",
                    "Set root of solera.hardware.linux to / or to a recorded machine.");
        }
        return HealthReport.up("Reads a recorded machine from " + root + ".");
    }
}
