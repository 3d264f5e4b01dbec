// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.core.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.solera.platform.api.Appliance;

/** Reads the place of the appliance from framework properties once; a wrong value fails the start with a sentence. */
@Component(service = Appliance.class)
public final class FrameworkAppliance implements Appliance {
    private static final int DEFAULT_DRIVES = 4;

    private final Path data;
    private final List<Path> drives;
    private final InetAddress bind;
    private final int portOffset;
    private final String version;

    @Activate
    public FrameworkAppliance(BundleContext context) {
        this(
                context::getProperty,
                "%d.%d.%d"
                        .formatted(
                                context.getBundle().getVersion().getMajor(),
                                context.getBundle().getVersion().getMinor(),
                                context.getBundle().getVersion().getMicro()));
    }

    FrameworkAppliance(Function<String, @Nullable String> properties, String version) {
        String folder = text(properties, "solera.data", "");
        if (folder.isEmpty()) {
            folder = Path.of(text(properties, "karaf.data", "data"), "solera").toString();
        }
        this.data = folder(Path.of(folder).toAbsolutePath().normalize());
        this.bind = address(text(properties, "solera.bind", "127.0.0.1"));
        this.portOffset = offset(text(properties, "solera.port.offset", "0"));
        this.drives = drives(text(properties, "solera.drives", ""));
        this.version = version;
    }

    private static String text(Function<String, @Nullable String> properties, String key, String otherwise) {
        String value = properties.apply(key);
        return value == null || value.isBlank() ? otherwise : value.trim();
    }

    private static InetAddress address(String text) {
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException unknown) {
            throw new IllegalArgumentException("solera.bind=%s is no address of a network.".formatted(text), unknown);
        }
    }

    private static int offset(String text) {
        try {
            int value = Integer.parseInt(text);
            if (value < 0 || value > 50_000) {
                throw new IllegalArgumentException("solera.port.offset=%s is not within 0 and 50000.".formatted(text));
            }
            return value;
        } catch (NumberFormatException notANumber) {
            throw new IllegalArgumentException("solera.port.offset=%s is no number.".formatted(text), notANumber);
        }
    }

    private List<Path> drives(String list) {
        if (list.isEmpty()) {
            return IntStream.range(0, DEFAULT_DRIVES)
                    .mapToObj(number -> folder(data.resolve("drives").resolve("d" + number)))
                    .toList();
        }
        // A drive outside the data folder is a mount point: making a missing one would hide a drive that is not
        // mounted.
        return Arrays.stream(list.split(","))
                .map(String::trim)
                .filter(path -> !path.isEmpty())
                .map(path -> Path.of(path).toAbsolutePath().normalize())
                .map(path -> path.startsWith(data) ? folder(path) : path)
                .toList();
    }

    private static Path folder(Path path) {
        try {
            if (Files.isDirectory(path)) {
                return path;
            }
            return Files.createDirectories(
                    path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } catch (IOException failure) {
            throw new UncheckedIOException("The folder " + path + " cannot be made.", failure);
        }
    }

    @Override
    public Path dataDirectory() {
        return data;
    }

    @Override
    public Path stateDirectory(String domain) {
        return folder(data.resolve("state").resolve(domain));
    }

    @Override
    public Path cacheDirectory(String domain) {
        return folder(data.resolve("cache").resolve(domain));
    }

    @Override
    public List<Path> drives() {
        return drives;
    }

    @Override
    public InetAddress bindAddress() {
        return bind;
    }

    @Override
    public int portOffset() {
        return portOffset;
    }

    @Override
    public String version() {
        return version;
    }
}
