// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.net.api;

import java.io.IOException;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Serves HTTP requests of a port. Register it as a service with {@link PortNames#PORT_NAME}. When several versions are
 * registered, new requests go to the one with the highest {@link org.solera.platform.api.ServiceRank}; a request stays
 * with the version that began it. When none is registered for a moment, requests wait up to 3 s, with their bodies unread.
 */
@ConsumerType
public interface HttpHandler {
    /**
     * Serves one request. Runs on a thread of the port's pool and may block.
     *
     * @param exchange the request and the way to answer it; invalid after return
     * @throws IOException if the peer went away or was too slow; the connection is then closed
     * @throws InterruptedException if the port is closing
     */
    void handle(HttpExchange exchange) throws IOException, InterruptedException;
}
