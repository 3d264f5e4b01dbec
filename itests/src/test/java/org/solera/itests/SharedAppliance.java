// SPDX-License-Identifier: Apache-2.0
package org.solera.itests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.solera.bench.appliance.ApplianceBox;

/** Gives tests one appliance that is booted for the first of them and stopped after the last. */
final class SharedAppliance implements ParameterResolver {
    /** Name of its database, should it be on a server. */
    static final String DATABASE = "shared";

    private static final class Holder implements AutoCloseable {
        private final Path folder;
        private final ApplianceBox box;

        Holder() {
            try {
                folder = Files.createTempDirectory("solera-itests-");
                box = TestDatabase.boot(folder.resolve("data"), DATABASE);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while the appliance booted", e);
            }
        }

        @Override
        public void close() throws IOException {
            box.close();
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == ApplianceBox.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(Namespace.create(SharedAppliance.class))
                .getOrComputeIfAbsent("appliance", key -> new Holder(), Holder.class)
                .box;
    }
}
