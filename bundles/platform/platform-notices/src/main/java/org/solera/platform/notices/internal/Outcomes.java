// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.notices.internal;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What came of the deliveries of one notice, as text: {@code mail: sent 2026-11-22T09:00:00Z; webhook: waiting, …}. */
final class Outcomes {
    private static final String BETWEEN = "; ";
    private static final String AFTER_NAME = ": ";
    private static final int LONGEST = 200;

    private Outcomes() {}

    /** {@return the text with the outcome of a channel put in} */
    static String with(String text, String channel, String outcome) {
        Map<String, String> outcomes = new TreeMap<>();
        for (String each : text.isEmpty() ? new String[0] : text.split(BETWEEN)) {
            int colon = each.indexOf(AFTER_NAME);
            if (colon > 0) {
                outcomes.put(each.substring(0, colon), each.substring(colon + AFTER_NAME.length()));
            }
        }
        String plain = outcome.replace(';', ',').replaceAll("\\s+", " ").strip();
        outcomes.put(channel, plain.length() > LONGEST ? plain.substring(0, LONGEST) + "…" : plain);
        return outcomes.entrySet().stream()
                .map(each -> each.getKey() + AFTER_NAME + each.getValue())
                .collect(Collectors.joining(BETWEEN));
    }

    /** {@return whether the channel has sent the notice} */
    static boolean sent(String text, String channel) {
        return (BETWEEN + text).contains(BETWEEN + channel + AFTER_NAME + "sent ");
    }

    /** {@return whether any channel has sent the notice} */
    static boolean anySent(String text) {
        return text.contains(AFTER_NAME + "sent ");
    }
}
