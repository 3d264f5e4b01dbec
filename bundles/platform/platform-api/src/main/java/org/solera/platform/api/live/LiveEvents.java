// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.api.live;

import java.util.function.Consumer;
import org.osgi.annotation.versioning.ProviderType;

/** Passes what changes to those who watch. Costs next to nothing while nobody does. Thread-safe. */
@ProviderType
public interface LiveEvents {
    /** Ends a subscription. */
    interface Subscription extends AutoCloseable {
        @Override
        void close();
    }

    /** Passes an event on. Never blocks. */
    void publish(LiveEvent event);

    /** {@return whether anybody watches; publishers may save the work of describing a state nobody reads} */
    boolean watched();

    /**
     * Subscribes to everything.
     *
     * @param watcher called on the publisher's thread; must not block
     */
    Subscription subscribe(Consumer<LiveEvent> watcher);
}
