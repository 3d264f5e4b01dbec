// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.notices.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.solera.platform.api.notices.AlertRule;
import org.solera.platform.notices.internal.Evaluation.Key;
import org.solera.platform.notices.internal.Scene.Reading;

class DefaultRulesTest {
    private static final List<RuleSpec> RULES = DefaultRules.all();

    private static AlertRule rule(String id) {
        return RULES.stream()
                .map(RuleSpec::rule)
                .filter(rule -> rule.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void saysEverythingInBothLanguages() {
        for (RuleSpec spec : RULES) {
            AlertRule rule = spec.rule();
            assertTrue(rule.title().endsWith(".") || rule.title().endsWith("}"), rule.id());
            assertTrue(rule.titleZh().matches("(?s).*\\p{IsHan}.*"), rule.id());
            assertFalse(rule.nextAction().isEmpty(), rule.id());
            assertTrue(rule.nextActionZh().matches("(?s).*(\\p{IsHan}|\\{next\\}).*"), rule.id());
            assertTrue(rule.enabled() && Double.isFinite(rule.threshold()) && spec.margin() >= 0, rule.id());
        }
    }

    @Test
    void namesEachRuleOnceAndOnlyWorseRulesThatExist() {
        Map<String, RuleSpec> byId = new HashMap<>();
        RULES.forEach(spec -> assertEquals(null, byId.put(spec.rule().id(), spec)));
        RULES.stream().filter(spec -> !spec.worse().isEmpty()).forEach(spec -> {
            RuleSpec worse = byId.get(spec.worse());
            assertEquals(spec.rule().metric(), worse.rule().metric());
            assertTrue(worse.rule().severity().compareTo(spec.rule().severity()) > 0, spec.worse());
        });
        assertTrue(byId.keySet()
                .containsAll(RULES.stream().map(spec -> spec.rule().id()).collect(Collectors.toSet())));
    }

    @Test
    void putsValuesIntoWords() {
        Reading ten = new Reading(10 * 86_400 + 5, Map.of());
        Key any = new Key("certificate-soon", "");
        assertEquals("The certificate ends in 10 days.", Words.title(rule("certificate-soon"), any, ten, false));
        assertEquals("证书将在 10 天后到期。", Words.title(rule("certificate-soon"), any, ten, true));
        Reading hot = new Reading(91.26, Map.of("chip", "cpu", "sensor", "Core $1 \\0"));
        assertEquals("cpu Core $1 \\0 is at 91.3 °C.", Words.title(rule("heat"), new Key("heat", "x"), hot, false));
        Reading never = new Reading(Double.POSITIVE_INFINITY, Map.of());
        assertEquals(
                "There is no backup of the control plane.",
                Words.title(rule("backup-old"), new Key("backup-old", ""), never, false));
        Reading down = new Reading(1, Map.of("part", "storage.engine", "detail", "No drive.", "next", "Add one."));
        assertEquals(
                "storage.engine is down. No drive.",
                Words.title(rule("part-down"), new Key("part-down", "x"), down, false));
        assertEquals("Add one.", Words.next(rule("part-down"), down, false));
        Reading more = new Reading(950, Map.of());
        assertEquals("950 more of the rule heat.", Words.title(rule("heat"), new Key("heat", Scene.MORE), more, false));
        assertFalse(Words.next(rule("part-down"), more, false).isEmpty());
    }
}
