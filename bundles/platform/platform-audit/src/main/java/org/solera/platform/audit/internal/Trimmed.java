// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.audit.internal;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Map;
import org.solera.platform.api.audit.AuditRecord;

/** The record that says that a segment was taken away because no more is kept. */
final class Trimmed {
    /** Its action; nobody else can record it. */
    static final String ACTION = Clean.OWN + "trimmed";

    /** How its line goes on behind the time. */
    static final byte[] BEGINNING =
            ("\",\"outcome\":\"noted\",\"action\":\"" + ACTION + "\",\"who\":\"system\"").getBytes(ISO_8859_1);

    private Trimmed() {}

    static Map<String, String> details(long first, long last, String hash) {
        return Map.of("first", String.valueOf(first), "last", String.valueOf(last), "hash", hash);
    }

    /** {@return the last sequence that was taken away} */
    static long last(AuditRecord record) {
        return Long.parseLong(record.event().details().getOrDefault("last", "0"));
    }

    static String hash(AuditRecord record) {
        return record.event().details().getOrDefault("hash", "");
    }
}
