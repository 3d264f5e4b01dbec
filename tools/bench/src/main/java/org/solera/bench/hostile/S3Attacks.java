// SPDX-License-Identifier: Apache-2.0
package org.solera.bench.hostile;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.solera.bench.appliance.ApplianceBox;
import org.solera.bench.client.Digests;
import org.solera.bench.client.HttpConnection;
import org.solera.bench.client.HttpReply;
import org.solera.bench.client.SigV4;
import org.solera.bench.client.Wire;

/** Wrong signatures, keys, bodies and parameters for S3. */
final class S3Attacks {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final Duration EXPIRY = Duration.ofHours(2);
    private static final byte[] NOTHING = new byte[0];
    private static final Set<Integer> BAD = Set.of(400);
    private static final Set<Integer> DENIED = Set.of(400, 401, 403);

    private final ApplianceBox box;
    private final String bucket;
    private final SigV4 signer;

    S3Attacks(ApplianceBox box, String bucket) {
        this.box = box;
        this.bucket = bucket;
        this.signer = box.signer();
    }

    List<HostileCase> cases() {
        List<HostileCase> cases = new ArrayList<>();
        signatures(cases);
        keys(cases);
        bodies(cases);
        return cases;
    }

    private void signatures(List<HostileCase> cases) {
        String path = "/" + bucket + "/photo.jpg";
        SigV4 wrongSecret = new SigV4(signer.accessKey(), "a".repeat(40), "us-east-1");
        SigV4 nobody = new SigV4("AKIANOBODY0000000000", signer.secretKey(), "us-east-1");
        add(cases, "wrong secret", DENIED, () -> signed(wrongSecret, "GET", path, Map.of(), NOTHING, Instant.now()));
        add(cases, "unknown access key", DENIED, () -> signed(nobody, "GET", path, Map.of(), NOTHING, Instant.now()));
        add(
                cases,
                "clock two hours off",
                DENIED,
                () -> signed(
                        signer, "GET", path, Map.of(), NOTHING, Instant.now().minus(EXPIRY)));
        add(cases, "no signature", DENIED, () -> plain("GET", path, Map.of(), NOTHING));
        for (String header : List.of(
                "AWS4-HMAC-SHA256", "AWS4-HMAC-SHA256 Credential=,SignedHeaders=,Signature=", "AWS a:b", "Basic a")) {
            add(
                    cases,
                    "authorization '" + header + "'",
                    DENIED,
                    () -> plain("GET", path, Map.of("Authorization", header), NOTHING));
        }
        add(
                cases,
                "header changed after signing",
                DENIED,
                () -> altered("GET", path, headers -> {
                    headers.put("x-amz-date", "20200101T000000Z");
                    return headers;
                }));
        add(
                cases,
                "expired presigned URL",
                DENIED,
                () -> plain(
                        "GET",
                        signer.presign(
                                "GET", authority(), path, 60, Instant.now().minus(EXPIRY)),
                        Map.of(),
                        NOTHING));
        add(
                cases,
                "presigned URL for another key",
                DENIED,
                () -> plain(
                        "GET",
                        signer.presign("GET", authority(), path, 60, Instant.now())
                                .replace("photo.jpg", "other.jpg"),
                        Map.of(),
                        NOTHING));
        add(cases, "body other than signed", Set.of(400, 403), () -> {
            Map<String, String> headers =
                    headers("PUT", "/" + bucket + "/tampered", Map.of(), "abc".getBytes(StandardCharsets.UTF_8));
            return plain("PUT", "/" + bucket + "/tampered", headers, "abd".getBytes(StandardCharsets.UTF_8));
        });
    }

    private void keys(List<HostileCase> cases) {
        add(
                cases,
                "signed path traversal",
                Set.of(400, 403, 404),
                () -> raw("GET", "/" + bucket + "/../../etc/passwd"));
        add(cases, "signed bucket traversal", Set.of(400, 403, 404), () -> raw("GET", "/../etc/passwd"));
        add(cases, "key with a NUL", BAD, () -> call("PUT", "/" + bucket + "/a\0b", Map.of(), "abc"));
        add(
                cases,
                "key of 1,025 bytes",
                BAD,
                () -> call("PUT", "/" + bucket + "/" + "k".repeat(1025), Map.of(), "abc"));
        add(cases, "bucket name with capitals", BAD, () -> call("PUT", "/Not_A_Bucket", Map.of(), ""));
        add(cases, "bucket that does not exist", Set.of(404), () -> call("GET", "/nobody-has-this/a", Map.of(), ""));
        add(cases, "max-keys that is no number", BAD, () -> call("GET", "/" + bucket, Map.of("max-keys", "abc"), ""));
        add(
                cases,
                "unknown upload",
                Set.of(400, 404),
                () -> call("PUT", "/" + bucket + "/a", Map.of("partNumber", "1", "uploadId", "../../etc"), "abc"));
        add(
                cases,
                "part number 0",
                Set.of(400, 404),
                () -> call("PUT", "/" + bucket + "/a", Map.of("partNumber", "0", "uploadId", "x"), "abc"));
    }

    private void bodies(List<HostileCase> cases) {
        String dtd = "<?xml version=\"1.0\"?><!DOCTYPE d [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>"
                + "<Delete><Object><Key>&x;</Key></Object></Delete>";
        add(cases, "XML with an external entity", BAD, () -> call("POST", "/" + bucket, Map.of("delete", ""), dtd));
        add(cases, "XML that is none", BAD, () -> call("POST", "/" + bucket, Map.of("delete", ""), "<Delete><Obj"));
        add(
                cases,
                "XML nested 20,000 deep",
                BAD,
                () -> call("POST", "/" + bucket, Map.of("delete", ""), "<Delete>" + "<Object>".repeat(20_000)));
        add(
                cases,
                "chunk signature that is wrong",
                Set.of(400, 403),
                () -> chunked(
                        "5;chunk-signature=" + "0".repeat(64) + "\r\nhello\r\n0;chunk-signature=" + "0".repeat(64)
                                + "\r\n\r\n",
                        5));
        add(
                cases,
                "signed chunk with a wrong size",
                Set.of(0, 400, 403),
                () -> chunked("zz;chunk-signature=" + "0".repeat(64) + "\r\nhello\r\n", 5));
        add(cases, "body shorter than its length", Set.of(0, 400, 408), this::shortBody);
        add(cases, "wrong Content-MD5", BAD, () -> {
            Map<String, String> headers = new HashMap<>(signer.sign(
                    "PUT",
                    "/" + bucket + "/md5",
                    Map.of(),
                    Map.of("host", authority(), "content-md5", "AAAAAAAAAAAAAAAAAAAAAA=="),
                    Digests.sha256("abc".getBytes(StandardCharsets.UTF_8)),
                    Instant.now()));
            return plain("PUT", "/" + bucket + "/md5", headers, "abc".getBytes(StandardCharsets.UTF_8));
        });
        add(cases, "copy from outside", Set.of(400, 403, 404), () -> {
            Map<String, String> headers = signer.sign(
                    "PUT",
                    "/" + bucket + "/copy",
                    Map.of(),
                    Map.of("host", authority(), "x-amz-copy-source", "/../../etc/passwd"),
                    Digests.sha256(NOTHING),
                    Instant.now());
            return plain("PUT", "/" + bucket + "/copy", headers, NOTHING);
        });
    }

    private void add(List<HostileCase> cases, String name, Set<Integer> statuses, HostileCase.Attack attack) {
        cases.add(new HostileCase(Edge.S3, name, attack, statuses));
    }

    private String authority() {
        return ApplianceBox.HOST + ":" + box.s3Port();
    }

    private Map<String, String> headers(String method, String path, Map<String, String> query, byte[] body) {
        return signer.sign(method, path, query, Map.of("host", authority()), Digests.sha256(body), Instant.now());
    }

    private HttpReply call(String method, String path, Map<String, String> query, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        Map<String, String> headers = headers(method, path, query, body);
        String target = SigV4.encodePath(path) + (query.isEmpty() ? "" : "?" + SigV4.encodeQuery(query));
        return plain(method, target, headers, body);
    }

    /** Sends the path with its dots as they are. */
    private HttpReply raw(String method, String path) throws IOException {
        return plain(method, path, headers(method, path, Map.of(), NOTHING), NOTHING);
    }

    private HttpReply altered(String method, String path, UnaryOperator<Map<String, String>> change)
            throws IOException {
        Map<String, String> headers = new HashMap<>(headers(method, path, Map.of(), NOTHING));
        return plain(method, path, change.apply(headers), NOTHING);
    }

    private HttpReply signed(SigV4 by, String method, String path, Map<String, String> query, byte[] body, Instant when)
            throws IOException {
        Map<String, String> headers =
                by.sign(method, path, query, Map.of("host", authority()), Digests.sha256(body), when);
        return plain(method, path, headers, body);
    }

    private HttpReply plain(String method, String target, Map<String, String> headers, byte[] body) throws IOException {
        try (HttpConnection connection = new HttpConnection(ApplianceBox.HOST, box.s3Port(), false, TIMEOUT)) {
            return connection.exchange(method, target, headers, body);
        }
    }

    private HttpReply chunked(String body, int decodedLength) throws IOException {
        String path = "/" + bucket + "/chunked";
        Map<String, String> headers = signer.sign(
                "PUT",
                path,
                Map.of(),
                Map.of(
                        "host",
                        authority(),
                        "content-encoding",
                        "aws-chunked",
                        "x-amz-decoded-content-length",
                        Integer.toString(decodedLength)),
                "STREAMING-AWS4-HMAC-SHA256-PAYLOAD",
                Instant.now());
        return plain("PUT", path, headers, body.getBytes(StandardCharsets.UTF_8));
    }

    private HttpReply shortBody() throws IOException {
        String path = "/" + bucket + "/short";
        StringBuilder head = new StringBuilder("PUT " + path + " HTTP/1.1\r\nContent-Length: 1000\r\n");
        signer.sign("PUT", path, Map.of(), Map.of("host", authority()), "UNSIGNED-PAYLOAD", Instant.now())
                .forEach((name, value) ->
                        head.append(name).append(": ").append(value).append("\r\n"));
        try (Wire wire = new Wire(ApplianceBox.HOST, box.s3Port(), false, TIMEOUT)) {
            wire.send(head + "\r\nonly this");
            wire.endOutput();
            HttpReply reply = wire.reply("PUT");
            HttpReply stored = call("GET", path, Map.of(), "");
            return stored.status() == 404 ? reply : stored;
        }
    }
}
