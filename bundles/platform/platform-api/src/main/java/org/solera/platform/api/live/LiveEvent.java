// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.api.live;

import java.util.Map;

/**
 * The new state of one thing.
 *
 * @param topic {@code health}, {@code operations}, {@code notices}, {@code metrics}, ...
 * @param key which thing of the topic; a newer state of the same thing replaces an older one that was not sent yet
 * @param state its state: texts, numbers, booleans, instants, lists and maps of these; at most 16 KiB as JSON
 */
public record LiveEvent(String topic, String key, Map<String, ?> state) {
    public LiveEvent {
        state = Map.copyOf(state);
    }
}
