// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.notices.internal;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.solera.platform.api.notices.AlertRule;
import org.solera.platform.notices.internal.Evaluation.Key;
import org.solera.platform.notices.internal.Scene.Reading;

/** Puts values into the words of a rule. */
final class Words {
    private static final Pattern PLACE = Pattern.compile("\\{(\\w+)\\}");
    private static final int LONGEST = 500;
    private static final double DAY = 86_400;

    private Words() {}

    static String title(AlertRule rule, Key key, Reading reading, boolean chinese) {
        if (key.subject().equals(Scene.MORE)) {
            return chinese
                    ? "还有 " + number(reading.value()) + " 项触发规则 " + rule.id() + "。"
                    : number(reading.value()) + " more of the rule " + rule.id() + ".";
        }
        if (rule.id().equals("backup-old") && Double.isInfinite(reading.value())) {
            return chinese ? "控制平面从未备份。" : "There is no backup of the control plane.";
        }
        return fill(chinese ? rule.titleZh() : rule.title(), reading);
    }

    static String next(AlertRule rule, Reading reading, boolean chinese) {
        String text = fill(chinese ? rule.nextActionZh() : rule.nextAction(), reading);
        if (!text.isEmpty()) {
            return text;
        }
        return chinese ? "请在健康页面查看原因。" : "Look at the page of the health for the cause.";
    }

    private static String fill(String text, Reading reading) {
        Matcher places = PLACE.matcher(text);
        StringBuilder filled = new StringBuilder();
        while (places.find()) {
            places.appendReplacement(filled, Matcher.quoteReplacement(word(places.group(1), reading)));
        }
        String all = places.appendTail(filled).toString().strip();
        return all.length() > LONGEST ? all.substring(0, LONGEST) + "…" : all;
    }

    private static String word(String name, Reading reading) {
        Map<String, String> words = reading.words();
        return switch (name) {
            case "value" -> number(reading.value());
            case "days" -> number(Math.floor(reading.value() / DAY));
            case "next", "detail" -> words.getOrDefault(name, "");
            default -> words.getOrDefault(name, "…");
        };
    }

    /** {@return the number with one decimal where it has one} */
    static String number(double value) {
        if (!Double.isFinite(value)) {
            return Double.isNaN(value) ? "?" : value > 0 ? "∞" : "-∞";
        }
        double rounded = Math.round(value * 10) / 10.0;
        return rounded == Math.rint(rounded)
                ? String.format(Locale.ROOT, "%d", (long) rounded)
                : String.format(Locale.ROOT, "%.1f", rounded);
    }
}
