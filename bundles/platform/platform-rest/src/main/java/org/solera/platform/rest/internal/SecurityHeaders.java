// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.rest.internal;

import io.netty.handler.codec.http.HttpHeaders;
import java.util.Map;

/** What every answer of the API tells browsers: show nothing of it as a page, keep nothing, send nothing on. */
final class SecurityHeaders {
    private static final Map<String, String> USUAL = Map.of(
            "Cache-Control", "no-store",
            "X-Content-Type-Options", "nosniff",
            "X-Frame-Options", "DENY",
            "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'",
            "Referrer-Policy", "no-referrer",
            "Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
            "Cross-Origin-Resource-Policy", "same-origin",
            "Strict-Transport-Security", "max-age=31536000");

    private SecurityHeaders() {}

    /** Adds what is not there yet. */
    static void add(HttpHeaders headers) {
        USUAL.forEach((name, value) -> {
            if (!headers.contains(name)) {
                headers.set(name, value);
            }
        });
    }
}
