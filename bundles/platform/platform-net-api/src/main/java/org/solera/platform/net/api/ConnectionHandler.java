// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.net.api;

import io.netty.channel.Channel;
import org.osgi.annotation.versioning.ConsumerType;

/** Serves raw connections of a port. Register it as a service with {@link PortNames#PORT_NAME}. */
@ConsumerType
public interface ConnectionHandler {
    /**
     * Takes over a connection whose TLS, if any, is already in place. Runs on the event loop of the channel; adds the
     * protocol's own handlers to its pipeline and must not block.
     */
    void accept(Channel channel);
}
