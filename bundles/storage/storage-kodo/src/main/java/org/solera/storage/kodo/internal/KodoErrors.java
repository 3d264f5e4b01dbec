// SPDX-License-Identifier: Apache-2.0
package org.solera.storage.kodo.internal;

import java.util.Map;
import org.solera.platform.api.SoleraException;

/** The one place where failures become statuses and documents of the download port. */
final class KodoErrors {
    private static final int UNAVAILABLE = 503;
    private static final int INTERNAL = 500;
    private static final int FIRST_PRINTABLE = 0x20;
    private static final Map<String, Integer> STATUS = Map.ofEntries(
            Map.entry("INVALID_REQUEST", 400),
            Map.entry("INVALID_OPERATION", 400),
            Map.entry("UNSUPPORTED_OPERATION", 400),
            Map.entry("UNAUTHENTICATED", 401),
            Map.entry("FORBIDDEN", 403),
            Map.entry("NO_SUCH_BUCKET", 404),
            Map.entry("NO_SUCH_KEY", 404),
            Map.entry("TOO_LARGE", 413),
            Map.entry("UNSUPPORTED_FORMAT", 415),
            Map.entry("CORRUPT_SOURCE", 422),
            Map.entry("LIMIT_EXCEEDED", 504));

    private KodoErrors() {}

    static int status(SoleraException failure) {
        return STATUS.getOrDefault(failure.code().name(), failure.code().retryable() ? UNAVAILABLE : INTERNAL);
    }

    /** {@return the document of a failure} */
    static String document(SoleraException failure) {
        return document(failure.code().name(), String.valueOf(failure.getMessage()), failure.nextAction());
    }

    /** {@return {@code {"error":…,"code":…,"next":…}}} */
    static String document(String code, String message, String next) {
        return "{\"error\":" + quoted(message) + ",\"code\":" + quoted(code) + ",\"next\":" + quoted(next) + "}";
    }

    private static String quoted(String text) {
        StringBuilder json = new StringBuilder(text.length() + 2).append('"');
        for (int i = 0; i < text.length(); i++) {
            char each = text.charAt(i);
            if (each == '"' || each == '\\') {
                json.append('\\').append(each);
            } else if (each < FIRST_PRINTABLE) {
                json.append("\\u%04x".formatted((int) each));
            } else {
                json.append(each);
            }
        }
        return json.append('"').toString();
    }
}
