// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.settings.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.solera.platform.api.PlatformError;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.backup.BackupPart;

/**
 * Backs up every configuration whose PID begins with {@code solera.}, except those that come with the distribution as
 * files. Secrets in them stay sealed: the key of the box is in another part, which is restored earlier. Thread-safe.
 */
@Component(service = BackupPart.class)
public final class SettingsBackup implements BackupPart {
    private static final String PREFIX = "solera.";

    private final ConfigurationAdmin admin;
    private final ConfigurationFiles files;

    @Activate
    public SettingsBackup(BundleContext context, @Reference ConfigurationAdmin admin) {
        this(admin, new ConfigurationFiles(admin, folder(context)));
    }

    SettingsBackup(ConfigurationAdmin admin, ConfigurationFiles files) {
        this.admin = admin;
        this.files = files;
    }

    private static @Nullable Path folder(BundleContext context) {
        return ConfiguredSettings.folder(context.getProperty("felix.cm.dir"));
    }

    @Override
    public String id() {
        return "settings";
    }

    @Override
    public int order() {
        return 20;
    }

    private SortedMap<String, SortedMap<String, Object>> present() throws IOException {
        SortedMap<String, SortedMap<String, Object>> present = new TreeMap<>();
        try {
            Configuration[] found = admin.listConfigurations("(service.pid=" + PREFIX + "*)");
            if (found != null) {
                for (Configuration each : found) {
                    // A factory's instance has a made-up PID; a file of the distribution belongs to the box.
                    var properties = each.getProperties();
                    if (each.getFactoryPid() == null
                            && properties != null
                            && properties.get("felix.fileinstall.filename") == null) {
                        present.put(each.getPid(), ConfigurationFiles.properties(properties));
                    }
                }
            }
        } catch (InvalidSyntaxException wrong) {
            throw new IllegalStateException("A constant filter is wrong.", wrong);
        }
        return present;
    }

    @Override
    public void write(OutputStream out) throws IOException {
        SettingsFormat.write(present(), out);
    }

    @Override
    public void check(InputStream in) throws SoleraException, IOException {
        for (String pid : SettingsFormat.read(in).keySet()) {
            if (!pid.startsWith(PREFIX)) {
                throw new SoleraException(
                        PlatformError.INVALID_REQUEST,
                        "The settings in the archive have the foreign name %s.".formatted(pid),
                        "Take another archive.",
                        null);
            }
        }
    }

    @Override
    public void restore(InputStream in) throws SoleraException, IOException {
        SortedMap<String, SortedMap<String, Object>> wanted = SettingsFormat.read(in);
        SortedMap<String, SortedMap<String, Object>> present = present();
        for (Map.Entry<String, SortedMap<String, Object>> each : wanted.entrySet()) {
            SortedMap<String, Object> there = present.get(each.getKey());
            // What is the same already is left alone, so that its component is not restarted.
            if (there == null || !SettingsVersion.of(there).equals(SettingsVersion.of(each.getValue()))) {
                files.write(each.getKey(), each.getValue());
            }
        }
        for (String pid : new TreeSet<>(present.keySet())) {
            if (!wanted.containsKey(pid)) {
                files.delete(pid);
            }
        }
    }
}
