// SPDX-License-Identifier: Apache-2.0
package org.solera.web.console.internal;

import java.util.Locale;

/** A refusal in the form of the REST edge (RFC 9457), written by hand so that this bundle needs no JSON library. */
final class Problem {
    static final String MEDIA_TYPE = "application/problem+json";

    private Problem() {}

    /** {@return the JSON text of a problem} */
    static String text(int status, String code, String detail, String nextAction, String requestId, boolean retryable) {
        String words = code.toLowerCase(Locale.ROOT).replace('_', ' ');
        return "{\"type\":" + quoted("urn:solera:problem:" + words.replace(' ', '-'))
                + ",\"title\":" + quoted(Character.toUpperCase(words.charAt(0)) + words.substring(1))
                + ",\"status\":" + status
                + ",\"code\":" + quoted(code)
                + ",\"detail\":" + quoted(detail)
                + ",\"nextAction\":" + quoted(nextAction)
                + ",\"requestId\":" + quoted(requestId)
                + ",\"retryable\":" + retryable
                + "}";
    }

    private static String quoted(String text) {
        StringBuilder json = new StringBuilder(text.length() + 2).append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c < ' ' || Character.isSurrogate(c) || c == 0x7f) {
                json.append("\\u%04x".formatted((int) c));
            } else {
                json.append(c);
            }
        }
        return json.append('"').toString();
    }
}
