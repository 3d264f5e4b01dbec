// SPDX-License-Identifier: Apache-2.0
package org.solera.bench.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** A browser that is signed in: cookie, CSRF value and one TLS connection that is kept open. Confined to one thread. */
public final class ConsoleSession implements Closeable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final byte[] NOTHING = new byte[0];

    private final HttpConnection connection;
    private final String cookie;
    private final String csrf;

    private ConsoleSession(HttpConnection connection, String cookie, String csrf) {
        this.connection = connection;
        this.cookie = cookie;
        this.csrf = csrf;
    }

    /**
     * Signs in as the console does.
     *
     * @param timeout longest wait for each read
     * @throws IOException if the appliance refuses
     */
    public static ConsoleSession signIn(String host, int port, String user, String password, Duration timeout)
            throws IOException {
        HttpConnection connection = new HttpConnection(host, port, true, timeout);
        boolean open = false;
        try {
            byte[] body = JSON.writeValueAsBytes(Map.of("name", user, "password", password));
            HttpReply reply = connection.exchange(
                    "POST", "/api/v1/users/session", Map.of("Content-Type", "application/json"), body);
            String cookie = reply.header("set-cookie").replaceAll(";.*", "");
            JsonNode session = JSON.readTree(reply.body());
            if (reply.status() != 200 || cookie.isEmpty()) {
                throw new IOException(
                        "The sign-in of " + user + " got status " + reply.status() + ": " + reply.excerpt(300));
            }
            open = true;
            return new ConsoleSession(connection, cookie, session.path("csrf").asText());
        } finally {
            if (!open) {
                connection.close();
            }
        }
    }

    /** {@return name and value of the cookie} */
    public String cookie() {
        return cookie;
    }

    /** {@return the answer to a GET of a path below {@code /api/v1}} */
    public HttpReply get(String path) throws IOException {
        return send("GET", path, NOTHING);
    }

    /** {@return the answer to any request; the body is JSON, or empty} */
    public HttpReply send(String method, String path, byte[] body) throws IOException {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Cookie", cookie);
        headers.put("Accept", "application/json, application/problem+json");
        if (!method.equals("GET")) {
            headers.put("X-Solera-Csrf", csrf);
        }
        if (body.length > 0) {
            headers.put("Content-Type", "application/json");
        }
        return connection.exchange(method, "/api/v1" + path, headers, body);
    }

    /** {@return the answer to any request whose body is this JSON text} */
    public HttpReply send(String method, String path, String json) throws IOException {
        return send(method, path, json.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }
}
