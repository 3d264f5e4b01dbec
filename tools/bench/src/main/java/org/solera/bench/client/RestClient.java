// SPDX-License-Identifier: Apache-2.0
package org.solera.bench.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/** The REST API of the appliance over one TLS connection, with name and password. Confined to one thread. */
public final class RestClient implements Closeable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final byte[] NOTHING = new byte[0];

    private final HttpConnection connection;
    private final String authorization;

    /** @param timeout longest wait for each read */
    public RestClient(String host, int port, String user, String password, Duration timeout) {
        this.connection = new HttpConnection(host, port, true, timeout);
        this.authorization =
                "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    /** {@return the answer to a GET of a path below {@code /api/v1}} */
    public HttpReply get(String path) throws IOException {
        return send("GET", path, "", NOTHING);
    }

    /** {@return the answer to a GET of any path of the port, without a login} */
    public HttpReply page(String path) throws IOException {
        return connection.exchange("GET", path, Map.of("Accept", "text/html"), NOTHING);
    }

    /** {@return the answer to any request; {@code type} is the media type of the body, empty when there is none} */
    public HttpReply send(String method, String path, String type, byte[] body) throws IOException {
        return send(method, path, type, body, Map.of());
    }

    /** {@return the answer to any request with more headers, as {@link #send(String, String, String, byte[])}} */
    public HttpReply send(String method, String path, String type, byte[] body, Map<String, String> more)
            throws IOException {
        Map<String, String> headers = new LinkedHashMap<>(more);
        headers.put("Authorization", authorization);
        headers.putIfAbsent("Accept", "application/json, application/problem+json");
        if (!type.isEmpty()) {
            headers.put("Content-Type", type);
        }
        return connection.exchange(method, "/api/v1" + path, headers, body);
    }

    /**
     * Reads a resource.
     *
     * @throws IOException if the answer is not 200 with JSON
     */
    public JsonNode json(String path) throws IOException {
        HttpReply reply = get(path);
        if (reply.status() != 200) {
            throw new IOException("GET /api/v1" + path + " got status " + reply.status() + ": " + reply.excerpt(300));
        }
        return JSON.readTree(reply.body());
    }

    /** {@return the body of an answer as JSON} */
    public static JsonNode parse(HttpReply reply) throws IOException {
        return JSON.readTree(reply.body());
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }
}
