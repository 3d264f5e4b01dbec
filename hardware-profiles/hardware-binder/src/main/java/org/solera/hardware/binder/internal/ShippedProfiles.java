// SPDX-License-Identifier: Apache-2.0
package org.solera.hardware.binder.internal;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.Enumeration;
import java.util.Map;
import java.util.TreeMap;
import org.osgi.framework.Bundle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the profiles that are packed into this bundle. */
final class ShippedProfiles {
    private static final Logger log = LoggerFactory.getLogger(ShippedProfiles.class);

    private ShippedProfiles() {}

    /** {@return content of the files by name} */
    static Map<String, byte[]> of(Bundle bundle) {
        Map<String, byte[]> files = new TreeMap<>();
        Enumeration<URL> entries = bundle.findEntries("profiles", "*.yaml", false);
        while (entries != null && entries.hasMoreElements()) {
            URL entry = entries.nextElement();
            try (InputStream in = entry.openStream()) {
                files.put(entry.getPath().substring(1), in.readNBytes(ProfileReader.SIZE_LIMIT_BYTES + 1));
            } catch (IOException unreadable) {
                log.error("Profile {} of this bundle cannot be read.", entry, unreadable);
            }
        }
        return files;
    }
}
