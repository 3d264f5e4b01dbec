// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.rest.internal;

import java.util.Locale;
import java.util.Map;
import org.solera.platform.api.ErrorCode;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.access.ThrottledException;

/**
 * The one form in which REST tells a failure, after RFC 9457.
 *
 * @param type URI that names the kind of failure
 * @param title the code in words
 * @param status HTTP status
 * @param code stable code
 * @param detail the cause, as a sentence
 * @param nextAction what the reader can do, as a sentence; may be empty
 * @param requestId value of {@code X-Reqid}
 * @param retryable whether the same request may succeed later
 */
record Problem(
        String type,
        String title,
        int status,
        String code,
        String detail,
        String nextAction,
        String requestId,
        boolean retryable) {
    static final String MEDIA_TYPE = "application/problem+json";

    /** The one table from codes of all domains to HTTP. A code that is not here is a 503 when retryable, else a 500. */
    private static final Map<String, Integer> STATUS = Map.ofEntries(
            Map.entry("INVALID_REQUEST", 400),
            Map.entry("INVALID_OPERATION", 400),
            Map.entry("INVALID_PART", 400),
            Map.entry("INVALID_PART_ORDER", 400),
            Map.entry("INVALID_BUCKET_NAME", 400),
            Map.entry("INVALID_KEY", 400),
            Map.entry("PART_TOO_SMALL", 400),
            Map.entry("BAD_DIGEST", 400),
            Map.entry("INCOMPLETE_BODY", 400),
            Map.entry("NOT_A_BUNDLE", 400),
            Map.entry("UNAUTHENTICATED", 401),
            Map.entry("SECOND_FACTOR_NEEDED", 401),
            Map.entry("FORBIDDEN", 403),
            Map.entry("CSRF", 403),
            Map.entry("PASSWORD_CHANGE_REQUIRED", 403),
            Map.entry("NOT_FOUND", 404),
            Map.entry("NO_SUCH_BUCKET", 404),
            Map.entry("NO_SUCH_KEY", 404),
            Map.entry("NO_SUCH_UPLOAD", 404),
            Map.entry("NOT_INSTALLED", 404),
            Map.entry("CONFLICT", 409),
            Map.entry("BUCKET_EXISTS", 409),
            Map.entry("BUCKET_NOT_EMPTY", 409),
            Map.entry("SAME_VERSION", 409),
            Map.entry("NEEDS_RESTART", 409),
            Map.entry("STALE_PLAN", 409),
            Map.entry("PRECONDITION_FAILED", 412),
            Map.entry("TOO_LARGE", 413),
            Map.entry("UNSUPPORTED_FORMAT", 415),
            Map.entry("UNSUPPORTED_OPERATION", 422),
            Map.entry("WRONG_PASSPHRASE", 422),
            Map.entry("DAMAGED_ARCHIVE", 422),
            Map.entry("PRECONDITION_REQUIRED", 428),
            Map.entry("CORRUPT_SOURCE", 422),
            Map.entry("LIMIT_EXCEEDED", 422),
            Map.entry("WORKER_LIMIT", 422),
            Map.entry("DOES_NOT_RESOLVE", 422),
            Map.entry("DOES_NOT_START", 422),
            Map.entry("UNHEALTHY", 422),
            Map.entry("HAND_OVER_FAILED", 500),
            Map.entry("INTERNAL", 500),
            Map.entry("MISSING_PROGRAM", 501),
            Map.entry("DIRECTORY_MISMATCH", 502),
            Map.entry("PROVIDER_MISMATCH", 502),
            Map.entry("BUSY", 503),
            Map.entry("DRAINING", 503),
            Map.entry("WORKER_UNAVAILABLE", 503),
            Map.entry("PROCESSOR_UNAVAILABLE", 503),
            Map.entry("UNREADABLE", 503),
            Map.entry("TOO_FEW_DRIVES", 507),
            Map.entry("NO_SPACE", 507));

    static int statusOf(ErrorCode code) {
        return STATUS.getOrDefault(code.name(), code.retryable() ? 503 : 500);
    }

    static Problem of(SoleraException failure, String requestId) {
        return of(
                failure instanceof ThrottledException ? 429 : statusOf(failure.code()),
                failure.code().name(),
                String.valueOf(failure.getMessage()),
                failure.nextAction(),
                requestId,
                failure.code().retryable());
    }

    static Problem of(int status, String code, String detail, String nextAction, String requestId, boolean retryable) {
        return new Problem(
                "urn:solera:problem:" + code.toLowerCase(Locale.ROOT).replace('_', '-'),
                title(code),
                status,
                code,
                detail,
                nextAction,
                requestId,
                retryable);
    }

    private static String title(String code) {
        String words = code.toLowerCase(Locale.ROOT).replace('_', ' ');
        return Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }
}
