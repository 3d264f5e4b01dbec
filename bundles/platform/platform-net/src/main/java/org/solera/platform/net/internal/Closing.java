// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.net.internal;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOutboundInvoker;

/** Closes channels where nobody waits for the outcome: who works on the channel learns it from its close future. */
final class Closing {
    private Closing() {}

    static void close(ChannelOutboundInvoker channel) {
        ChannelFuture unused = channel.close();
    }
}
