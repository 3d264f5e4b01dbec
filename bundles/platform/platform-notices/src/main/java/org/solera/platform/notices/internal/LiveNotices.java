// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.notices.internal;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.solera.platform.api.live.LiveEvent;
import org.solera.platform.api.live.LiveEvents;
import org.solera.platform.api.notices.Notice;

/** Tells those who watch the topic {@code notices}. Thread-safe. */
final class LiveNotices {
    private final LiveEvents events;

    LiveNotices(LiveEvents events) {
        this.events = events;
    }

    void publish(Notice notice) {
        if (!events.watched()) {
            return;
        }
        Map<String, Object> state = new HashMap<>();
        state.put("id", notice.id());
        state.put("rule", notice.rule());
        state.put("subject", notice.subject());
        state.put("severity", notice.severity().name().toLowerCase(Locale.ROOT));
        state.put("title", notice.title());
        state.put("titleZh", notice.titleZh());
        state.put("nextAction", notice.nextAction());
        state.put("nextActionZh", notice.nextActionZh());
        if (Double.isFinite(notice.value())) {
            state.put("value", notice.value());
        }
        state.put("since", notice.since());
        put(state, "endedAt", notice.endedAt());
        state.put("acknowledgedBy", notice.acknowledgedBy());
        put(state, "acknowledgedAt", notice.acknowledgedAt());
        put(state, "silencedUntil", notice.silencedUntil());
        state.put("delivery", notice.delivery());
        events.publish(new LiveEvent("notices", notice.id(), state));
    }

    private static void put(Map<String, Object> state, String name, @Nullable Object value) {
        if (value != null) {
            state.put(name, value);
        }
    }
}
