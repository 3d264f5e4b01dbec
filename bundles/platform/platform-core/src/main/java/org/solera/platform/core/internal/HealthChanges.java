// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.core.internal;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.solera.platform.api.HealthReport;
import org.solera.platform.api.HealthTree.Entry;
import org.solera.platform.api.live.LiveEvent;
import org.solera.platform.api.live.LiveEvents;

/**
 * Publishes what changed between two rounds of health checks: topic {@code health}, one event for each part whose report
 * is another one, with {@code removed} when it is gone, and the key {@code ready} for the appliance. Confined to the
 * thread that holds the lock of {@link HealthMonitor}.
 */
final class HealthChanges {
    static final String TOPIC = "health";
    static final String READY = "ready";

    private record Part(String name, long bundleId) {
        String key() {
            return name + "@" + bundleId;
        }
    }

    private final LiveEvents events;
    private Map<Part, HealthReport> last = Map.of();
    private boolean wasReady;

    HealthChanges(LiveEvents events) {
        this.events = events;
    }

    /** Compares with the round before; nothing is published while nobody watches. */
    void publish(List<Entry> entries, boolean ready) {
        Map<Part, HealthReport> now = new HashMap<>();
        for (Entry entry : entries) {
            now.put(new Part(entry.name(), entry.bundleId()), entry.report());
        }
        if (events.watched()) {
            now.forEach((part, report) -> {
                if (!report.equals(last.get(part))) {
                    events.publish(new LiveEvent(TOPIC, part.key(), state(part, report)));
                }
            });
            for (Part part : last.keySet()) {
                if (!now.containsKey(part)) {
                    events.publish(new LiveEvent(
                            TOPIC,
                            part.key(),
                            Map.of("name", part.name(), "bundle", part.bundleId(), "removed", true)));
                }
            }
            if (ready != wasReady) {
                events.publish(new LiveEvent(TOPIC, READY, Map.of("ready", ready)));
            }
        }
        last = now;
        wasReady = ready;
    }

    private static Map<String, ?> state(Part part, HealthReport report) {
        return Map.of(
                "name", part.name(),
                "bundle", part.bundleId(),
                "status", report.status().name().toLowerCase(Locale.ROOT),
                "detail", report.detail(),
                "nextAction", report.nextAction());
    }
}
