// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.notices.internal;

import java.time.Duration;
import java.util.List;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.notices.Severity;

/** A way to reach people. Replaced when its settings change; what waits for it stays. */
interface Channel {
    /** {@return stable name: {@code mail}, {@code webhook}, {@code syslog}} */
    String id();

    /** {@return whether it is turned on} */
    boolean enabled();

    /** {@return the least severity that it is used for} */
    Severity minimum();

    /** {@return most messages that one call of {@link #send} takes} */
    int batch();

    /** {@return how long messages are gathered before they are sent together; zero for at once} */
    Duration gather();

    /** {@return the least time between two calls of {@link #send}} */
    Duration pause();

    /**
     * Sends messages, in this order, all or none. Runs on a thread that may block.
     *
     * @throws SoleraException if they were not taken; the message says why
     */
    void send(List<Message> messages) throws SoleraException;
}
