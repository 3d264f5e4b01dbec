// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.settings.internal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.solera.platform.api.ServiceRank;
import org.solera.platform.api.settings.SettingsSection;

/** The sections that are registered, the best version of each. Thread-safe. */
final class Sections {
    private record Bound(SettingsSection section, ServiceRank rank) {}

    private final List<Bound> bound = new ArrayList<>(); // guarded by this; best first

    synchronized void add(SettingsSection section, Map<String, ?> properties) {
        bound.add(new Bound(section, ServiceRank.of(properties)));
        bound.sort(Comparator.comparing(Bound::rank).reversed());
    }

    synchronized void remove(SettingsSection section) {
        bound.removeIf(each -> each.section() == section);
    }

    /** {@return one section for each id, by id} */
    synchronized List<SettingsSection> all() {
        Map<String, SettingsSection> best = new TreeMap<>();
        bound.forEach(each -> best.putIfAbsent(each.section().id(), each.section()));
        return List.copyOf(best.values());
    }

    synchronized Optional<SettingsSection> find(String id) {
        return bound.stream()
                .map(Bound::section)
                .filter(section -> section.id().equals(id))
                .findFirst();
    }
}
