// SPDX-License-Identifier: Apache-2.0
package org.solera.hardware.binder.internal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.solera.hardware.api.HardwareService.Tuning;
import org.solera.hardware.api.HardwareService.TuningState;

/**
 * Writes the settings of a profile into Configuration Admin, and leaves alone what a person set: a value that is there
 * and was not written by this class. Confined to one thread.
 *
 * <p>The record is written before the setting and names the value before as well, so that after a power cut between the
 * two neither value is mistaken for one that a person set.
 */
final class TuningWriter {
    private static final Logger log = LoggerFactory.getLogger(TuningWriter.class);

    private final ConfigurationAdmin admin;
    private final AppliedTuning record;

    TuningWriter(ConfigurationAdmin admin, AppliedTuning record) {
        this.admin = admin;
        this.record = record;
    }

    /**
     * Makes the settings those of a profile.
     *
     * @param tuning settings by PID and key; settings of an earlier profile that are not in it are taken back
     * @return what came of each, by PID and key
     */
    List<Tuning> apply(Map<String, Map<String, Object>> tuning) {
        Map<String, Map<String, List<String>>> applied = record.read();
        List<Tuning> results = new ArrayList<>();
        TreeSet<String> pids = new TreeSet<>(tuning.keySet());
        pids.addAll(applied.keySet());
        for (String pid : pids) {
            Map<String, Object> wanted = tuning.getOrDefault(pid, Map.of());
            try {
                results.addAll(apply(pid, wanted, applied));
            } catch (IOException | InvalidSyntaxException | IllegalStateException failure) {
                log.warn("The settings of {} could not be written; they are tried again later.", pid, failure);
                wanted.forEach(
                        (key, value) -> results.add(new Tuning(pid, key, text(value), "", TuningState.NOT_WRITTEN)));
            }
        }
        return results;
    }

    private List<Tuning> apply(String pid, Map<String, Object> wanted, Map<String, Map<String, List<String>>> applied)
            throws IOException, InvalidSyntaxException {
        Configuration there = find(pid);
        Dictionary<String, Object> properties = there == null ? new Hashtable<>() : copy(there.getProperties());
        Map<String, List<String>> ours = applied.getOrDefault(pid, Map.of());
        Map<String, List<String>> during = new TreeMap<>(); // what is ours while the change is under way
        Map<String, List<String>> after = new TreeMap<>();
        List<Tuning> results = new ArrayList<>();
        boolean change = false;
        for (Map.Entry<String, Object> setting : new TreeMap<>(wanted).entrySet()) {
            String key = setting.getKey();
            String value = text(setting.getValue());
            @Nullable Object current = properties.get(key);
            String found = current == null ? "" : text(current);
            boolean mine = current == null || ours.getOrDefault(key, List.of()).contains(found);
            if (mine) {
                during.put(key, current == null || found.equals(value) ? List.of(value) : List.of(found, value));
                after.put(key, List.of(value));
                results.add(new Tuning(pid, key, value, value, TuningState.APPLIED));
                if (!found.equals(value) || current == null) {
                    properties.put(key, stored(setting.getValue()));
                    change = true;
                }
            } else {
                TuningState state = found.equals(value) ? TuningState.SAME : TuningState.KEPT_BY_HAND;
                results.add(new Tuning(pid, key, value, found, state));
            }
        }
        change |= takeBack(wanted, ours, properties, during);
        if (change) {
            save(pid, during, applied);
            Configuration target = there == null ? admin.getConfiguration(pid, "?") : there;
            target.update(properties);
            log.info("Settings of {} now follow the hardware profile: {}", pid, after);
        }
        if (!after.equals(applied.getOrDefault(pid, Map.of()))) {
            save(pid, after, applied);
        }
        return results;
    }

    /** Removes settings of an earlier profile. {@return whether one was there} */
    private static boolean takeBack(
            Map<String, Object> wanted,
            Map<String, List<String>> ours,
            Dictionary<String, Object> properties,
            Map<String, List<String>> during) {
        boolean change = false;
        for (Map.Entry<String, List<String>> old : ours.entrySet()) {
            @Nullable Object current = properties.get(old.getKey());
            if (!wanted.containsKey(old.getKey())
                    && current != null
                    && old.getValue().contains(text(current))) {
                properties.remove(old.getKey());
                during.put(old.getKey(), old.getValue());
                change = true;
            }
        }
        return change;
    }

    private void save(String pid, Map<String, List<String>> ours, Map<String, Map<String, List<String>>> applied)
            throws IOException {
        if (ours.isEmpty()) {
            applied.remove(pid);
        } else {
            applied.put(pid, ours);
        }
        record.write(applied);
    }

    private @Nullable Configuration find(String pid) throws IOException, InvalidSyntaxException {
        Configuration[] found = admin.listConfigurations("(service.pid=" + pid + ")");
        return found == null || found.length == 0 ? null : found[0];
    }

    private static Dictionary<String, Object> copy(@Nullable Dictionary<String, Object> properties) {
        Hashtable<String, Object> copy = new Hashtable<>();
        if (properties != null) {
            properties.keys().asIterator().forEachRemaining(key -> copy.put(key, properties.get(key)));
        }
        return copy;
    }

    private static Object stored(Object value) {
        return value instanceof List<?> list
                ? list.stream().map(String::valueOf).toArray(String[]::new)
                : value;
    }

    /** {@return a value as a person would write it in a file; values are compared in this form} */
    private static String text(Object value) {
        if (value instanceof List<?> list) {
            return String.join(",", list.stream().map(String::valueOf).toList());
        }
        return value instanceof Object[] array ? text(List.of(array)) : String.valueOf(value);
    }
}
