// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.core.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.solera.platform.api.HealthReport;
import org.solera.platform.api.HealthTree.Entry;
import org.solera.platform.api.live.LiveEvent;
import org.solera.platform.api.live.LiveEvents;

class LiveHubTest {
    private final LiveHub hub = new LiveHub();
    private final List<LiveEvent> seen = new ArrayList<>();

    private static LiveEvent event(String key) {
        return new LiveEvent("topic", key, Map.of());
    }

    @Test
    void passesEventsToEveryWatcherUntilItLeaves() {
        LiveEvents.Subscription first = hub.subscribe(seen::add);
        LiveEvents.Subscription second = hub.subscribe(seen::add);
        hub.publish(event("a"));
        first.close();
        hub.publish(event("b"));
        second.close();
        hub.publish(event("c"));
        assertEquals(List.of("a", "a", "b"), seen.stream().map(LiveEvent::key).toList());
        assertFalse(hub.watched());
    }

    @Test
    void dropsAWatcherThatFailsAndServesTheOthers() {
        List<LiveEvent> failed = new ArrayList<>();
        hub.subscribe(event -> {
            failed.add(event);
            throw new IllegalStateException("full");
        });
        hub.subscribe(seen::add);
        hub.publish(event("a"));
        hub.publish(event("b"));
        assertEquals(1, failed.size());
        assertEquals(2, seen.size());
        assertTrue(hub.watched());
    }

    @Test
    void tellsOnlyTheHealthThatChanged() {
        HealthChanges changes = new HealthChanges(hub);
        Entry engine = new Entry("storage.engine", 7, HealthReport.up(""));
        changes.publish(List.of(engine), true);
        hub.subscribe(seen::add);
        changes.publish(List.of(engine), true);
        assertTrue(seen.isEmpty());

        changes.publish(List.of(new Entry("storage.engine", 7, HealthReport.down("No drive.", ""))), false);
        assertEquals(
                List.of("storage.engine@7", "ready"),
                seen.stream().map(LiveEvent::key).toList());
        assertEquals("down", seen.get(0).state().get("status"));
        assertEquals(false, seen.get(1).state().get("ready"));

        seen.clear();
        changes.publish(List.of(), false);
        assertEquals(true, seen.get(0).state().get("removed"));
        assertEquals(1, seen.size());
    }
}
