// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.net.internal;

import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Names the epoll classes, which may be absent: only {@link Transport} may touch this class. */
final class EpollMechanism {
    private static final Logger log = LoggerFactory.getLogger(EpollMechanism.class);

    private EpollMechanism() {}

    static Optional<Transport.Mechanism> find() {
        if (!Epoll.isAvailable()) {
            log.debug("Epoll is not available.", Epoll.unavailabilityCause());
            return Optional.empty();
        }
        return Optional.of(new Transport.Mechanism(
                "epoll", EpollIoHandler.newFactory(), EpollServerSocketChannel.class, EpollDatagramChannel.class));
    }
}
