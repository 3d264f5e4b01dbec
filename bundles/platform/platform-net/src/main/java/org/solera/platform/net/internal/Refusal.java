// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.net.internal;

/**
 * An answer that the port gives by itself because a request cannot be served. It has no stack trace: peers cause it.
 */
final class Refusal extends Exception {
    private final int status;
    private final String code;

    /**
     * @param status HTTP status, 400 or more
     * @param code stable name of the cause in {@code UPPER_SNAKE}
     * @param message the cause and the next action, as sentences
     */
    Refusal(int status, String code, String message) {
        super(message, null, false, false);
        this.status = status;
        this.code = code;
    }

    static Refusal badRequest(String message) {
        return new Refusal(400, "INVALID_REQUEST", message);
    }

    static Refusal internal(String requestId) {
        return new Refusal(
                500,
                "INTERNAL",
                "The appliance failed to serve this request. Report it together with the request id " + requestId
                        + ".");
    }

    static Refusal replacing() {
        return new Refusal(503, "DRAINING", "The part that serves this is being replaced. Try again in a moment.");
    }

    static Refusal busy() {
        return new Refusal(503, "BUSY", "Too many requests are being served. Try again in a moment.");
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
