// SPDX-License-Identifier: Apache-2.0
package org.solera.itests;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/**
 * Sends requests as they are, valid or not, over one connection that is kept; an appliance of its own has a certificate of
 * its own, which is not checked. For one thread.
 */
final class RawRest implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int TIMEOUT_MILLIS = 60_000;
    private static final SSLContext TRUSTING = trusting();

    private final String host;
    private final int port;
    private final boolean secure;
    private final Map<String, String> usual = new LinkedHashMap<>();
    private Socket socket;

    RawRest(String host, int port) {
        this(host, port, true);
    }

    RawRest(String host, int port, boolean secure) {
        this.host = host;
        this.port = port;
        this.secure = secure;
    }

    /** An answer; names of headers are in lower case. */
    record Answer(int status, Map<String, String> headers, String body) {
        JsonNode json() throws IOException {
            return JSON.readTree(body);
        }

        String code() throws IOException {
            return json().path("code").asText();
        }
    }

    private static SSLContext trusting() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(
                    null,
                    new TrustManager[] {
                        new X509TrustManager() {
                            @Override
                            public void checkClientTrusted(X509Certificate[] chain, String type) {}

                            @Override
                            public void checkServerTrusted(X509Certificate[] chain, String type) {}

                            @Override
                            public X509Certificate[] getAcceptedIssuers() {
                                return new X509Certificate[0];
                            }
                        }
                    },
                    null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Adds a header to every request from here on. */
    RawRest always(String name, String value) {
        usual.put(name, value);
        return this;
    }

    void never(String name) {
        usual.remove(name);
    }

    Answer get(String path) throws IOException {
        return send("GET", path, "", Map.of());
    }

    /** Sends a request; with a body it is JSON unless the headers say otherwise. */
    Answer send(String method, String path, String body, Map<String, String> headers) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        Map<String, String> all = new LinkedHashMap<>();
        all.put("Host", host + ":" + port);
        if (bytes.length > 0) {
            all.put("Content-Type", "application/json");
        }
        if (bytes.length > 0 || !method.equals("GET")) {
            all.put("Content-Length", Integer.toString(bytes.length));
        }
        all.putAll(usual);
        all.putAll(headers);
        StringBuilder head = new StringBuilder(method).append(' ').append(path).append(" HTTP/1.1\r\n");
        all.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        request.writeBytes(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
        request.writeBytes(bytes);
        return talk(request.toByteArray(), method.equals("HEAD"));
    }

    /** Sends bytes; a kept connection that the appliance closed meanwhile is replaced once. */
    private Answer talk(byte[] request, boolean bodyless) throws IOException {
        boolean kept = socket != null;
        try {
            return exchange(request, bodyless);
        } catch (IOException closed) {
            disconnect();
            if (!kept) {
                throw closed;
            }
            return exchange(request, bodyless);
        }
    }

    private Answer exchange(byte[] request, boolean bodyless) throws IOException {
        if (socket == null) {
            socket = secure ? TRUSTING.getSocketFactory().createSocket(host, port) : new Socket(host, port);
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.setTcpNoDelay(true);
        }
        socket.getOutputStream().write(request);
        socket.getOutputStream().flush();
        Answer answer = read(new BufferedInputStream(socket.getInputStream()), bodyless);
        if ("close".equalsIgnoreCase(answer.headers().get("connection"))
                || String.valueOf(answer.headers().get("content-type")).startsWith("text/event-stream")) {
            disconnect();
        }
        return answer;
    }

    private static Answer read(InputStream in, boolean bodyless) throws IOException {
        String status = line(in);
        if (!status.startsWith("HTTP/1.1 ")) {
            throw new IOException("no answer in HTTP: " + status);
        }
        int code = Integer.parseInt(status.substring(9, 12));
        Map<String, String> headers = new LinkedHashMap<>();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            headers.merge(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip(),
                    (one, other) -> one + "\n" + other);
        }
        boolean stream = String.valueOf(headers.get("content-type")).startsWith("text/event-stream");
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        if (bodyless || stream || code == 204 || code == 304) {
            return new Answer(code, headers, "");
        }
        if ("chunked".equalsIgnoreCase(headers.get("transfer-encoding"))) {
            for (int size = Integer.parseInt(line(in).strip(), 16); size > 0; size = Integer.parseInt(line(in), 16)) {
                body.writeBytes(in.readNBytes(size));
                line(in);
            }
            line(in);
        } else {
            String length = headers.get("content-length");
            body.writeBytes(length == null ? in.readAllBytes() : in.readNBytes(Integer.parseInt(length)));
        }
        return new Answer(code, headers, body.toString(StandardCharsets.UTF_8));
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new IOException("closed after '" + line.toString(StandardCharsets.ISO_8859_1) + "'");
            }
            line.write(next);
        }
        return line.toString(StandardCharsets.ISO_8859_1).strip();
    }

    private void disconnect() throws IOException {
        if (socket != null) {
            socket.close();
            socket = null;
        }
    }

    @Override
    public void close() throws IOException {
        disconnect();
    }

    /** Signs in; cookie and CSRF value go with every request from here on. */
    Answer signIn(String name, String password) throws IOException {
        never("Cookie");
        never("X-Solera-Csrf");
        Answer answer =
                send("POST", "/api/v1/users/session", json(Map.of("name", name, "password", password)), Map.of());
        if (answer.status() == 200) {
            always("Cookie", cookie(answer));
            always("X-Solera-Csrf", answer.json().get("csrf").asText());
        }
        return answer;
    }

    static String cookie(Answer answer) {
        String cookie = answer.headers().getOrDefault("set-cookie", "");
        return cookie.contains(";") ? cookie.substring(0, cookie.indexOf(';')) : cookie;
    }

    static String json(Object value) throws IOException {
        return JSON.writeValueAsString(value);
    }
}
