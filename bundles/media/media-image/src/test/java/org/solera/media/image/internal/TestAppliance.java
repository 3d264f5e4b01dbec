// SPDX-License-Identifier: Apache-2.0
package org.solera.media.image.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.solera.platform.api.Appliance;

/** An appliance in a folder. */
record TestAppliance(Path dataDirectory) implements Appliance {
    @Override
    public Path stateDirectory(String domain) {
        return made("state/" + domain);
    }

    @Override
    public Path cacheDirectory(String domain) {
        return made("cache/" + domain);
    }

    private Path made(String name) {
        try {
            return Files.createDirectories(dataDirectory.resolve(name));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public List<Path> drives() {
        return List.of(made("drives/d0"));
    }

    @Override
    public InetAddress bindAddress() {
        return InetAddress.getLoopbackAddress();
    }

    @Override
    public int portOffset() {
        return 0;
    }

    @Override
    public String version() {
        return "test";
    }
}
