// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.settings.internal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.solera.platform.api.PlatformError;
import org.solera.platform.api.SoleraException;

/**
 * Configuration Admin, with what it does not do by itself: a change is forced to the disk before {@link #write} returns.
 * Thread-safe as far as callers do not change the same PID at the same time.
 */
final class ConfigurationFiles {
    private final ConfigurationAdmin admin;
    private final @Nullable Path folder;

    /** @param folder where Configuration Admin keeps its files; null if not known, then nothing is forced */
    ConfigurationFiles(ConfigurationAdmin admin, @Nullable Path folder) {
        this.admin = admin;
        this.folder = folder;
    }

    /** {@return the properties that are stored, without those of the framework; empty if there are none} */
    SortedMap<String, Object> read(String pid) throws SoleraException {
        try {
            Configuration found = find(pid);
            return found == null ? new TreeMap<>() : properties(found.getProperties());
        } catch (IOException | IllegalStateException failure) {
            throw failed(pid, failure);
        }
    }

    static SortedMap<String, Object> properties(@Nullable Dictionary<String, Object> stored) {
        SortedMap<String, Object> properties = new TreeMap<>();
        if (stored != null) {
            stored.keys().asIterator().forEachRemaining(key -> {
                if (!ofTheFramework(key)) {
                    properties.put(key, stored.get(key));
                }
            });
        }
        return properties;
    }

    private static boolean ofTheFramework(String key) {
        return key.equals("service.pid")
                || key.equals("service.factoryPid")
                || key.equals("service.bundleLocation")
                || key.startsWith("felix.fileinstall.");
    }

    private @Nullable Configuration find(String pid) throws IOException {
        try {
            Configuration[] found = admin.listConfigurations("(service.pid=" + pid + ")");
            return found == null || found.length == 0 ? null : found[0];
        } catch (InvalidSyntaxException wrong) {
            throw new IllegalStateException("The PID " + pid + " cannot be searched for.", wrong);
        }
    }

    /** Replaces what is stored; durable when it returns. */
    void write(String pid, Map<String, Object> properties) throws SoleraException {
        try {
            Configuration there = find(pid);
            Configuration target = there == null ? admin.getConfiguration(pid, "?") : there;
            target.update(new Hashtable<>(properties));
            force(pid);
        } catch (IOException | IllegalStateException failure) {
            throw failed(pid, failure);
        }
    }

    void delete(String pid) throws SoleraException {
        try {
            Configuration there = find(pid);
            if (there != null) {
                there.delete();
            }
        } catch (IOException | IllegalStateException failure) {
            throw failed(pid, failure);
        }
    }

    private void force(String pid) throws IOException {
        if (folder == null) {
            return;
        }
        Path file = folder.resolve(pid.replace('.', '/') + ".config");
        if (!Files.isRegularFile(file)) {
            return;
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        for (Path above = file.getParent(); above != null && above.startsWith(folder); above = above.getParent()) {
            try (FileChannel channel = FileChannel.open(above, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    private static SoleraException failed(String pid, Exception failure) {
        return new SoleraException(
                PlatformError.BUSY,
                "The settings of %s cannot be read or stored: %s.".formatted(pid, failure.getMessage()),
                "Look at the free space and the health of the disk of the data folder.",
                failure);
    }
}
