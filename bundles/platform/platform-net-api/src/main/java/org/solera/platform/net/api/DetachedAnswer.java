// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.net.api;

import java.io.Closeable;
import java.io.IOException;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The body of an answer that goes on after its handler returned, without holding a thread: for events that come now and
 * then. Whoever holds it ends it when its bundle stops or drains; the port does not wait for it. A peer that takes nothing
 * for the port's limit is cut off. Thread-safe.
 */
@ProviderType
public interface DetachedAnswer extends Closeable {
    /**
     * Sends bytes. Never blocks.
     *
     * @param content not changed afterwards; at most 64 KiB at once
     * @return false if nothing was sent because the peer has not taken yet what was sent before
     * @throws IOException if the connection is gone or the answer was closed
     */
    boolean offer(byte[] content) throws IOException;

    /** Runs a task whenever the peer took something, on a thread of the port: it must be quick and must not block. */
    void onRoom(Runnable task);

    /** Runs a task once when the answer is over, whoever ended it; at once if it is over already. Quick, as above. */
    void onEnd(Runnable task);

    /** Ends the answer cleanly. Calling it again does nothing. Never blocks. */
    @Override
    void close();
}
