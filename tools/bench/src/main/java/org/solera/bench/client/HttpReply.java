// SPDX-License-Identifier: Apache-2.0
package org.solera.bench.client;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * A complete answer.
 *
 * @param status status code
 * @param headers headers by lower-case name; of repeated ones the last
 * @param body the body, decoded from chunks; not to be changed
 */
public record HttpReply(int status, Map<String, String> headers, byte[] body) {
    public HttpReply {
        headers = Map.copyOf(headers);
    }

    /** {@return a header, or an empty text} */
    public String header(String lowerCaseName) {
        return headers.getOrDefault(lowerCaseName, "");
    }

    /** {@return the body as text} */
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /** {@return at most {@code length} characters of the body on one line, for messages} */
    public String excerpt(int length) {
        String line = text().replaceAll("\\s+", " ").strip();
        return line.length() <= length ? line : line.substring(0, length) + " ...";
    }
}
