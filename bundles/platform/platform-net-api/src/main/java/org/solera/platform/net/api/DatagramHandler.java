// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.net.api;

import io.netty.channel.Channel;
import io.netty.channel.socket.DatagramPacket;
import org.osgi.annotation.versioning.ConsumerType;

/** Serves datagrams of a port. Register it as a service with {@link PortNames#PORT_NAME}. */
@ConsumerType
public interface DatagramHandler {
    /**
     * Takes one datagram. Runs on the event loop of the socket and must not block.
     *
     * @param socket the socket, to answer on; it belongs to the port and stays open when the handler is replaced
     * @param packet the datagram; released by the caller after return
     */
    void receive(Channel socket, DatagramPacket packet);
}
