// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.notices.internal;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import org.solera.platform.api.HealthReport.Status;
import org.solera.platform.api.HealthTree;
import org.solera.platform.api.history.Snapshot;
import org.solera.platform.api.history.Snapshot.Figure;
import org.solera.platform.notices.internal.Scene.Reading;

/**
 * Puts together what the rules look at: the figures, what follows from them, and the health tree. Confined to one thread;
 * remembers what counters were.
 */
final class SceneMaker {
    /** Metric of the health tree. */
    static final String HEALTH = "health";

    /** Before the name of a part that has a rule of its own. */
    static final String HEALTH_OF = "health:";

    private static final String IN_TEN_MINUTES = ":increase10m";
    private static final String IN_AN_HOUR = ":increase1h";

    private static final int SMALLEST_QUEUE = 16; // a queue of a few places is full by design now and then

    private final Increases increases = new Increases();

    /**
     * @param figures all figures
     * @param health all parts
     * @param wanted metrics that rules name
     * @param nanos a monotonic time
     */
    Scene make(Snapshot figures, List<HealthTree.Entry> health, Set<String> wanted, long nanos) {
        Map<String, Map<String, Reading>> scene = new HashMap<>();
        for (Figure figure : figures.figures()) {
            String name = figure.name();
            double value = name.equals("solera_backup_age_seconds") && figure.value() < 0
                    ? Double.POSITIVE_INFINITY // there never was one
                    : figure.value();
            if (wanted.contains(name)) {
                put(scene, name, figure, value);
            }
            if (wanted.contains(name + IN_TEN_MINUTES) || wanted.contains(name + IN_AN_HOUR)) {
                String key = name + '{' + figure.subject() + '}';
                increases.take(key, figure.value(), nanos);
                put(scene, name + IN_TEN_MINUTES, figure, grown(key, Increases.SHORT, nanos));
                put(scene, name + IN_AN_HOUR, figure, grown(key, Increases.LONG, nanos));
            }
        }
        increases.forget(nanos);
        derive(figures, scene);
        health(health, wanted, scene);
        return new Scene(scene);
    }

    private double grown(String key, Duration span, long nanos) {
        return increases.since(key, span, nanos);
    }

    private static void put(Map<String, Map<String, Reading>> scene, String metric, Figure figure, double value) {
        scene.computeIfAbsent(metric, any -> new HashMap<>())
                .put(figure.subject(), new Reading(value, figure.labels()));
    }

    /** What follows from several figures. */
    private static void derive(Snapshot figures, Map<String, Map<String, Reading>> scene) {
        Map<String, Map<String, Figure>> by = new HashMap<>();
        for (Figure figure : figures.figures()) {
            by.computeIfAbsent(figure.name(), any -> new HashMap<>()).put(figure.subject(), figure);
        }
        Map<String, Figure> sizes = by.getOrDefault("solera_storage_drive_total_bytes", Map.of());
        sizes.values().forEach(drive -> put(scene, "solera_storage_drive_down", drive, drive.value() > 0 ? 0 : 1));
        double total = sum(sizes, Figure::value);
        if (total > 0) {
            double free = sum(by.getOrDefault("solera_storage_drive_free_bytes", Map.of()), Figure::value);
            scene.put("solera_storage_free_percent", Map.of("", new Reading(100 * free / total, Map.of())));
        }
        percent(scene, by, "solera_host_filesystem_free");
        percent(scene, by, "solera_host_memory_available");
        by.getOrDefault("solera_platform_executor_queue_limit", Map.of()).forEach((subject, limit) -> {
            Figure queued =
                    by.getOrDefault("solera_platform_executor_queued", Map.of()).get(subject);
            if (queued != null && limit.value() >= SMALLEST_QUEUE) {
                double filled = 100 * queued.value() / limit.value();
                put(scene, "solera_platform_executor_queue_percent", queued, filled);
            }
        });
    }

    /** {@code x_free_bytes} of {@code x_total_bytes} becomes {@code x_free_percent}. */
    private static void percent(
            Map<String, Map<String, Reading>> scene, Map<String, Map<String, Figure>> by, String name) {
        String whole = name.substring(0, name.lastIndexOf('_')) + "_total_bytes";
        by.getOrDefault(name + "_bytes", Map.of()).forEach((subject, part) -> {
            Figure total = by.getOrDefault(whole, Map.of()).get(subject);
            if (total != null && total.value() > 0) {
                put(scene, name + "_percent", part, 100 * part.value() / total.value());
            }
        });
    }

    private static double sum(Map<String, Figure> figures, ToDoubleFunction<Figure> value) {
        return figures.values().stream().mapToDouble(value).sum();
    }

    private static void health(
            List<HealthTree.Entry> health, Set<String> wanted, Map<String, Map<String, Reading>> scene) {
        for (HealthTree.Entry entry : health) {
            String part = entry.name();
            Status status = entry.report().status();
            String own = wanted.stream()
                    .filter(metric -> metric.startsWith(HEALTH_OF))
                    .filter(metric -> isBelow(part, metric.substring(HEALTH_OF.length())))
                    .findFirst()
                    .orElse("");
            double value;
            if (own.isEmpty()) {
                value = status == Status.DOWN ? 1 : 0;
            } else {
                value = status == Status.DOWN ? 2 : status == Status.DEGRADED ? 1 : 0;
            }
            Map<String, String> words = Map.of(
                    "part", part,
                    "detail", entry.report().detail(),
                    "next", entry.report().nextAction());
            // Two versions of a part may be there during a swap; the part works if one of them does.
            scene.computeIfAbsent(own.isEmpty() ? HEALTH : own, any -> new HashMap<>())
                    .merge(
                            "part=\"" + part + '"',
                            new Reading(value, words),
                            (one, other) -> one.value() <= other.value() ? one : other);
        }
    }

    private static boolean isBelow(String part, String above) {
        return part.equals(above) || part.startsWith(above + ".");
    }
}
