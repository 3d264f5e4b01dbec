// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.notices.internal;

import java.time.Duration;
import org.solera.platform.api.notices.AlertRule;
import org.solera.platform.api.notices.AlertRule.Comparison;
import org.solera.platform.api.notices.Severity;

/**
 * A rule and what people do not change about it.
 *
 * @param rule the rule
 * @param margin how far a value has to be back beyond the threshold before the notice ends, in the unit of the metric
 * @param worse id of the rule that tells the same in a worse degree and takes this one's place; empty if there is none
 */
record RuleSpec(AlertRule rule, double margin, String worse) {
    /** {@return whether the value breaks the rule} */
    boolean holds(double value) {
        return rule.comparison() == Comparison.ABOVE ? value > rule.threshold() : value < rule.threshold();
    }

    /** {@return whether a value that broke the rule is still too close to be over} */
    boolean lingers(double value) {
        return rule.comparison() == Comparison.ABOVE
                ? value > rule.threshold() - margin
                : value < rule.threshold() + margin;
    }

    /** {@return the same rule with what people may change} */
    RuleSpec with(double threshold, Duration lasting, Severity severity, boolean enabled) {
        AlertRule changed = new AlertRule(
                rule.id(),
                rule.title(),
                rule.titleZh(),
                rule.nextAction(),
                rule.nextActionZh(),
                severity,
                rule.metric(),
                rule.comparison(),
                threshold,
                lasting,
                enabled);
        return new RuleSpec(changed, margin, worse);
    }
}
