// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.notices.internal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.solera.platform.notices.internal.Scene.Reading;

/**
 * The rules, as functions: what was and what is goes in, what holds comes out. No clock of the wall: times are monotonic,
 * so that a clock that leaps neither begins nor ends anything.
 */
final class Evaluation {
    /** How long a value has to be well before a notice ends. */
    static final Duration CALM = Duration.ofSeconds(60);

    /** How long a figure has to be missing before a notice ends; a part may be replaced meanwhile. */
    static final Duration ABSENT = Duration.ofMinutes(5);

    /** The most conditions that are followed; further ones are not looked at. */
    static final int CONDITIONS_MOST = 10_000;

    /** The most subjects of one rule that have a notice of their own; one more stands for the rest. */
    static final int SUBJECTS_MOST = 50;

    /**
     * What is looked at.
     *
     * @param rule id of the rule
     * @param subject the series or part
     */
    record Key(String rule, String subject) {}

    /** Where a condition stands. */
    enum Phase {
        /** Holds, not long enough yet. */
        PENDING,
        FIRING,
        /** Was firing and does not hold now, not long enough yet. */
        CALMING
    }

    /**
     * A condition that is followed.
     *
     * @param phase where it stands
     * @param sinceNanos since when it does
     * @param last last reading in which it held
     */
    record Condition(Phase phase, long sinceNanos, Reading last) {
        boolean firing() {
            return phase != Phase.PENDING;
        }
    }

    private Evaluation() {}

    /** {@return the conditions after this moment} */
    static Map<Key, Condition> step(Map<Key, Condition> before, Scene scene, List<RuleSpec> rules, long nanos) {
        Map<Key, Condition> after = new LinkedHashMap<>();
        int[] room = {CONDITIONS_MOST - before.size()};
        for (RuleSpec spec : rules) {
            if (!spec.rule().enabled()) {
                continue;
            }
            Map<String, Reading> readings = scene.of(spec.rule().metric());
            readings.forEach((subject, reading) -> {
                Key key = new Key(spec.rule().id(), subject);
                Condition next = next(before.get(key), reading, spec, nanos);
                if (next != null && (before.containsKey(key) || room[0]-- > 0)) {
                    after.put(key, next);
                }
            });
        }
        before.forEach((key, condition) -> {
            if (!after.containsKey(key) && condition.firing()) {
                boolean watched = rules.stream()
                        .anyMatch(spec -> spec.rule().id().equals(key.rule())
                                && spec.rule().enabled()
                                && !scene.of(spec.rule().metric()).containsKey(key.subject()));
                Condition next = watched ? calm(condition, ABSENT, nanos) : null;
                if (next != null) {
                    after.put(key, next);
                }
            }
        });
        return after;
    }

    private static @Nullable Condition next(@Nullable Condition before, Reading reading, RuleSpec spec, long nanos) {
        double value = reading.value();
        boolean known = !Double.isNaN(value);
        if (before == null || !before.firing()) {
            if (!known || !spec.holds(value)) {
                return null;
            }
            long since = before == null ? nanos : before.sinceNanos();
            boolean lasted = nanos - since >= spec.rule().lasting().toNanos();
            return new Condition(lasted ? Phase.FIRING : Phase.PENDING, lasted ? nanos : since, reading);
        }
        if (known && spec.lingers(value)) {
            long since = before.phase() == Phase.FIRING ? before.sinceNanos() : nanos;
            return new Condition(Phase.FIRING, since, reading);
        }
        return calm(before, known ? CALM : ABSENT, nanos);
    }

    private static @Nullable Condition calm(Condition before, Duration limit, long nanos) {
        if (before.phase() == Phase.FIRING) {
            return new Condition(Phase.CALMING, nanos, before.last());
        }
        return nanos - before.sinceNanos() >= limit.toNanos() ? null : before;
    }

    /** {@return what people are told: the worst rule for each subject, and a bounded number of subjects for each rule} */
    static Map<Key, Reading> told(Map<Key, Condition> conditions, List<RuleSpec> rules) {
        Map<Key, Reading> told = new LinkedHashMap<>();
        Map<String, List<Map.Entry<Key, Condition>>> byRule = new HashMap<>();
        for (Map.Entry<Key, Condition> each : conditions.entrySet()) {
            if (each.getValue().firing()) {
                byRule.computeIfAbsent(each.getKey().rule(), any -> new ArrayList<>())
                        .add(each);
            }
        }
        for (RuleSpec spec : rules) {
            List<Map.Entry<Key, Condition>> firing = byRule
                    .getOrDefault(spec.rule().id(), List.of())
                    .stream()
                    .filter(each -> !isWorse(conditions, spec, each.getKey().subject()))
                    .sorted(Comparator.comparingLong((Map.Entry<Key, Condition> each) ->
                                    each.getValue().sinceNanos())
                            .thenComparing(each -> each.getKey().subject()))
                    .toList();
            for (Map.Entry<Key, Condition> each : firing.subList(0, Math.min(SUBJECTS_MOST, firing.size()))) {
                told.put(each.getKey(), each.getValue().last());
            }
            if (firing.size() > SUBJECTS_MOST) {
                int rest = firing.size() - SUBJECTS_MOST;
                told.put(new Key(spec.rule().id(), Scene.MORE), new Reading(rest, Map.of()));
            }
        }
        return told;
    }

    private static boolean isWorse(Map<Key, Condition> conditions, RuleSpec spec, String subject) {
        Condition worse = spec.worse().isEmpty() ? null : conditions.get(new Key(spec.worse(), subject));
        return worse != null && worse.firing();
    }
}
