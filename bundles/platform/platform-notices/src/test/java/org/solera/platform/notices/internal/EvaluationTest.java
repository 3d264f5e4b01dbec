// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.notices.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.solera.platform.api.notices.AlertRule;
import org.solera.platform.api.notices.AlertRule.Comparison;
import org.solera.platform.api.notices.Severity;
import org.solera.platform.notices.internal.Evaluation.Condition;
import org.solera.platform.notices.internal.Evaluation.Key;
import org.solera.platform.notices.internal.Scene.Reading;

class EvaluationTest {
    private static final RuleSpec HOT = spec("hot", "t", Comparison.ABOVE, 80, 60, 5, "hotter");
    private static final RuleSpec HOTTER = spec("hotter", "t", Comparison.ABOVE, 90, 0, 5, "");
    private static final RuleSpec LOW = spec("low", "free", Comparison.BELOW, 15, 0, 1, "");

    private Map<Key, Condition> conditions = Map.of();
    private long seconds = 1_000;

    private static RuleSpec spec(
            String id,
            String metric,
            Comparison comparison,
            double threshold,
            long lasting,
            double margin,
            String worse) {
        AlertRule rule = new AlertRule(
                id, id, id, "", "", Severity.WARNING, metric, comparison, threshold, Duration.ofSeconds(lasting), true);
        return new RuleSpec(rule, margin, worse);
    }

    private static Scene scene(String metric, double... values) {
        Map<String, Reading> readings = new HashMap<>();
        for (int i = 0; i < values.length; i++) {
            readings.put("n=\"" + i + "\"", new Reading(values[i], Map.of()));
        }
        return new Scene(Map.of(metric, readings));
    }

    /** {@return the rules that people are told of after some time with this value} */
    private Set<String> after(int passed, Scene scene, RuleSpec... rules) {
        seconds += passed;
        conditions = Evaluation.step(conditions, scene, List.of(rules), TimeUnit.SECONDS.toNanos(seconds));
        return Evaluation.told(conditions, List.of(rules)).keySet().stream()
                .map(Key::rule)
                .collect(Collectors.toSet());
    }

    @ParameterizedTest
    @CsvSource({
        "ABOVE, 80, 80.1, true", "ABOVE, 80, 80, false", "ABOVE, 80, Infinity, true", "ABOVE, 80, NaN, false",
        "BELOW, 15, 14.9, true", "BELOW, 15, 15, false", "BELOW, 15, -Infinity, true", "BELOW, 15, NaN, false",
        "ABOVE, 0, 0, false", "ABOVE, 0, 1, true"
    })
    void comparesWithTheThreshold(Comparison comparison, double threshold, double value, boolean told) {
        RuleSpec rule = spec("r", "m", comparison, threshold, 0, 0, "");
        assertEquals(told ? Set.of("r") : Set.of(), after(0, scene("m", value), rule));
    }

    @Test
    void tellsOnlyWhatLasts() {
        assertEquals(Set.of(), after(0, scene("t", 85), HOT));
        assertEquals(Set.of(), after(45, scene("t", 85), HOT));
        assertEquals(Set.of(), after(1, scene("t", 79), HOT), "a moment below begins the time anew");
        assertEquals(Set.of(), after(15, scene("t", 85), HOT));
        assertEquals(Set.of(), after(59, scene("t", 85), HOT));
        assertEquals(Set.of("hot"), after(1, scene("t", 85), HOT));
    }

    @Test
    void endsOnlyWhatIsWellBackForAMinute() {
        after(0, scene("free", 14), LOW);
        assertEquals(Set.of("low"), after(600, scene("free", 15.5), LOW), "within the margin nothing ends");
        assertEquals(Set.of("low"), after(15, scene("free", 16.5), LOW));
        assertEquals(Set.of("low"), after(45, scene("free", 16.5), LOW));
        assertEquals(Set.of("low"), after(15, scene("free", 15.9), LOW), "it came back");
        assertEquals(Set.of("low"), after(15, scene("free", 16.5), LOW));
        assertEquals(Set.of("low"), after(59, scene("free", 16.5), LOW));
        assertEquals(Set.of(), after(1, scene("free", 16.5), LOW));
    }

    @Test
    void endsWhatIsNotToldAnyMoreAfterFiveMinutes() {
        after(0, scene("free", 14), LOW);
        assertEquals(Set.of("low"), after(15, scene("free"), LOW));
        assertEquals(Set.of("low"), after(299, scene("free", Double.NaN), LOW));
        assertEquals(Set.of(), after(1, scene("free"), LOW));
    }

    @Test
    void endsAtOnceWhatNobodyWantsToKnow() {
        after(0, scene("free", 14), LOW);
        RuleSpec off = LOW.with(15, Duration.ZERO, Severity.WARNING, false);
        assertEquals(Set.of(), after(1, scene("free", 14), off));
        assertEquals(Set.of("low"), after(1, scene("free", 14), LOW));
        assertEquals(Set.of(), after(1, scene("free", 14)), "a rule that is gone");
    }

    @Test
    void tellsOfTheWorstDegreeAlone() {
        after(0, scene("t", 85), HOT, HOTTER);
        assertEquals(Set.of("hot"), after(60, scene("t", 85), HOT, HOTTER));
        assertEquals(Set.of("hotter"), after(15, scene("t", 95), HOT, HOTTER));
        assertEquals(Set.of("hotter"), after(15, scene("t", 86), HOT, HOTTER), "lingers");
        after(15, scene("t", 84), HOT, HOTTER);
        assertEquals(Set.of("hot"), after(60, scene("t", 84), HOT, HOTTER));
    }

    @Test
    void givesEachOfTheFirstFiftyANoticeAndOneToAllOthers() {
        double[] values = new double[10_000];
        Arrays.fill(values, 14);
        after(0, scene("free", values), LOW);
        Map<Key, Reading> told = Evaluation.told(conditions, List.of(LOW));
        assertEquals(51, told.size());
        assertEquals(9_950, told.get(new Key("low", Scene.MORE)).value());
        double[] twice = new double[20_000];
        Arrays.fill(twice, 14);
        after(15, scene("free", twice), LOW);
        assertEquals(Evaluation.CONDITIONS_MOST, conditions.size());
        assertEquals(told.keySet(), Evaluation.told(conditions, List.of(LOW)).keySet(), "the same ones stay");
    }
}
