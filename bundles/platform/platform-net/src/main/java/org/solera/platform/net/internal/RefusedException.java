// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.net.internal;

/**
 * An answer that the port gives by itself because a request cannot be served. It has no stack trace: peers cause it.
 */
final class RefusedException extends Exception {
    private final int status;
    private final String code;

    /**
     * @param status HTTP status, 400 or more
     * @param code stable name of the cause in {@code UPPER_SNAKE}
     * @param message the cause and the next action, as sentences
     */
    RefusedException(int status, String code, String message) {
        super(message, null, false, false);
        this.status = status;
        this.code = code;
    }

    static RefusedException badRequest(String message) {
        return new RefusedException(400, "INVALID_REQUEST", message);
    }

    static RefusedException internal(String requestId) {
        return new RefusedException(
                500,
                "INTERNAL",
                "The appliance failed to serve this request. Report it together with the request id " + requestId
                        + ".");
    }

    static RefusedException replacing() {
        return new RefusedException(
                503, "DRAINING", "The part that serves this is being replaced. Try again in a moment.");
    }

    static RefusedException busy() {
        return new RefusedException(503, "BUSY", "Too many requests are being served. Try again in a moment.");
    }

    int status() {
        return status;
    }

    String code() {
        return code;
    }

    /** {@return the cause and the next action, as sentences} */
    String text() {
        return String.valueOf(getMessage());
    }
}
