// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.api;

import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Where this appliance lives: its folders, its addresses, its version. Fixed for the life of the process; read from the
 * framework properties {@code solera.data}, {@code solera.bind}, {@code solera.port.offset} and {@code solera.drives}.
 */
@ProviderType
public interface Appliance {
    /** {@return the folder of everything that must survive an upgrade of the software} */
    Path dataDirectory();

    /** {@return the folder of the domain's own durable state, created when missing, mode 0700} */
    Path stateDirectory(String domain);

    /** {@return the folder of files that may be deleted while the appliance is stopped, created when missing} */
    Path cacheDirectory(String domain);

    /** {@return the folders that stand in for drives, in order; at least one} */
    List<Path> drives();

    /** {@return the address that listening sockets bind to} */
    InetAddress bindAddress();

    /** {@return the number added to every standard port} */
    int portOffset();

    /** {@return the product version} */
    String version();
}
