// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.audit.internal;

import java.util.Map;
import java.util.TreeMap;
import org.solera.platform.api.PlatformError;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.audit.AuditEvent;

/** Keeps what callers give within the bounds of a record; longer texts are cut and end in {@code …}. */
final class Clean {
    /** Beginning of the actions that only the audit itself records. */
    static final String OWN = "audit.chain.";

    private static final int NAME = 128;
    private static final int TARGET = 1024;
    private static final int DETAILS = 4096;

    private Clean() {}

    /** @throws SoleraException if the action is one of the audit's own: its records say what verification relies on */
    static AuditEvent event(AuditEvent event) throws SoleraException {
        if (event.action().startsWith(OWN)) {
            throw new SoleraException(
                    PlatformError.INVALID_REQUEST,
                    "Only the audit itself records %s.".formatted(text(event.action(), NAME)),
                    "",
                    null);
        }
        return new AuditEvent(
                text(event.who(), NAME),
                text(event.action(), NAME),
                text(event.target(), TARGET),
                text(event.origin(), NAME),
                text(event.channel(), 32),
                details(event.details()));
    }

    static String code(String code) {
        return text(code, NAME);
    }

    static String message(String message) {
        return text(message, TARGET);
    }

    private static Map<String, String> details(Map<String, String> details) {
        Map<String, String> kept = new TreeMap<>();
        int left = DETAILS;
        for (Map.Entry<String, String> each : new TreeMap<>(details).entrySet()) {
            String key = text(each.getKey(), NAME);
            if (left <= key.length()) {
                break;
            }
            String value = text(each.getValue(), left - key.length());
            left -= key.length() + value.length();
            kept.put(key, value);
        }
        return kept;
    }

    private static String text(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        int end = most - 1;
        return text.substring(0, end > 0 && Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + "…";
    }
}
