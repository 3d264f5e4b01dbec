// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.net.api;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** Tells which ports are open and who serves them. Thread-safe. */
@ProviderType
public interface Ports {
    /**
     * A port at one moment.
     *
     * @param name its name, the value of {@link PortNames#PORT_NAME}
     * @param address the address and number it listens on, {@code 127.0.0.1:9000}
     * @param kind {@code tcp} or {@code udp}
     * @param requireTls whether plain connections are refused
     * @param connections open connections
     * @param handlers the bundles whose handlers serve it, best first, as {@code symbolic.name/version}
     */
    record PortStatus(
            String name, String address, String kind, boolean requireTls, int connections, List<String> handlers) {
        public PortStatus {
            handlers = List.copyOf(handlers);
        }
    }

    /** {@return every port, by name} */
    List<PortStatus> ports();
}
