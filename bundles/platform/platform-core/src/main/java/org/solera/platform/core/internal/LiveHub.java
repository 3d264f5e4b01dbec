// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.core.internal;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.solera.platform.api.live.LiveEvent;
import org.solera.platform.api.live.LiveEvents;

/** Hands every event to every watcher on the thread of the publisher. A watcher that fails is dropped and logged. */
@Component(service = LiveEvents.class)
public final class LiveHub implements LiveEvents {
    private static final Logger log = LoggerFactory.getLogger(LiveHub.class);

    private final List<Watch> watches = new CopyOnWriteArrayList<>();

    /** One subscription; an object of its own, so that one watcher may subscribe twice. */
    private static final class Watch {
        private final Consumer<LiveEvent> watcher;

        Watch(Consumer<LiveEvent> watcher) {
            this.watcher = watcher;
        }
    }

    @Override
    public void publish(LiveEvent event) {
        for (Watch watch : watches) {
            try {
                watch.watcher.accept(event);
            } catch (RuntimeException failure) {
                watches.remove(watch);
                log.warn("A watcher failed at topic {} and gets no more events.", event.topic(), failure);
            }
        }
    }

    @Override
    public boolean watched() {
        return !watches.isEmpty();
    }

    @Override
    public Subscription subscribe(Consumer<LiveEvent> watcher) {
        Watch watch = new Watch(watcher);
        watches.add(watch);
        return () -> watches.remove(watch);
    }

    @Deactivate
    void close() {
        watches.clear();
    }
}
