// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.net.api;

import org.osgi.annotation.versioning.ProviderType;

/**
 * A port that a capability needs beside the standard ones. Register it as a service: {@code platform-net} opens the port
 * and closes it when the last registration with this name is gone. A configuration {@code solera.net.port} with the same
 * name wins over the service.
 *
 * @param name the value of {@link PortNames#PORT_NAME} by which handlers find it
 * @param number the number before the appliance's port offset is added, 1 to 65535; 0 for any free one
 * @param kind what is spoken
 * @param requireTls whether plain connections are refused; meaningless for {@link Kind#UDP}
 */
@ProviderType
public record PortSpec(String name, int number, Kind kind, boolean requireTls) {
    /** What is spoken on a port. */
    public enum Kind {
        /** HTTP/1.1, served by {@link HttpHandler}. */
        HTTP,
        /** Any protocol over TCP, served by {@link ConnectionHandler}. */
        TCP,
        /** Datagrams, served by {@link DatagramHandler}. */
        UDP
    }

    public PortSpec {
        if (name.isEmpty() || number < 0 || number > 65_535) {
            throw new IllegalArgumentException(
                    "A port needs a name and a number from 0 to 65535, not '" + name + "' and " + number + ".");
        }
    }
}
