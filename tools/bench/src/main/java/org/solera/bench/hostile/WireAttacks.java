// SPDX-License-Identifier: Apache-2.0
package org.solera.bench.hostile;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.solera.bench.appliance.ApplianceBox;
import org.solera.bench.client.HttpReply;
import org.solera.bench.client.Wire;

/** Requests that are wrong below the protocol of any one port: framing, sizes, speed, TLS. */
final class WireAttacks {
    private static final Duration TIMEOUT = Duration.ofSeconds(45);
    private static final Duration DRIP = Duration.ofMillis(500);
    private static final Duration LORIS_LIMIT = Duration.ofSeconds(40);

    private final Edge edge;
    private final int port;
    private final boolean tls;
    private final String target;

    /** @param target path of something that the port answers */
    WireAttacks(Edge edge, int port, boolean tls, String target) {
        this.edge = edge;
        this.port = port;
        this.tls = tls;
        this.target = target;
    }

    List<HostileCase> cases() {
        List<HostileCase> cases = new ArrayList<>();
        Set<Integer> tooLarge = Set.of(400, 413, 414, 431);
        Set<Integer> bad = Set.of(400, 411, 413, 422, 501);
        cases.add(raw("giant header", get("X-Giant: " + "a".repeat(300_000)), tooLarge));
        cases.add(raw("5,000 headers", get("X-Many: a\r\n".repeat(4_999) + "X-Many: a"), tooLarge));
        cases.add(raw("giant request line", "GET /" + "a".repeat(100_000) + " HTTP/1.1\r\nHost: a\r\n\r\n", tooLarge));
        cases.add(raw("path traversal", "GET /../../../etc/passwd HTTP/1.1\r\nHost: a\r\n\r\n", Set.of(400, 403, 404)));
        cases.add(raw("NUL in the path", "GET /a%00b HTTP/1.1\r\nHost: a\r\n\r\n", Set.of(400, 401, 403, 404)));
        cases.add(raw("broken percent escape", "GET /a%zz HTTP/1.1\r\nHost: a\r\n\r\n", Set.of(400, 403, 404)));
        cases.add(raw("no host", "GET " + target + " HTTP/1.1\r\n\r\n", Set.of(400)));
        cases.add(raw("unknown version", "GET " + target + " HTTP/9.9\r\nHost: a\r\n\r\n", Set.of(400, 505)));
        cases.add(raw(
                "unknown method", "BREW " + target + " HTTP/1.1\r\nHost: a\r\n\r\n", Set.of(400, 401, 403, 405, 501)));
        cases.add(raw("header without colon", get("nonsense"), Set.of(400)));
        cases.add(raw("blank before the colon", get("Content-Length : 5"), Set.of(400)));
        cases.add(raw("folded header", get("X-Fold: a\r\n b"), Set.of(400)));
        cases.add(raw("negative length", put("Content-Length: -1", ""), bad));
        cases.add(raw("two lengths", put("Content-Length: 3\r\nContent-Length: 5", "abcde"), bad));
        cases.add(raw("length and chunks", put("Content-Length: 3\r\nTransfer-Encoding: chunked", "0\r\n\r\n"), bad));
        cases.add(raw("chunk size that is no number", put("Transfer-Encoding: chunked", "zz\r\nabc\r\n"), refused()));
        cases.add(raw(
                "chunk size beyond 64 bits", put("Transfer-Encoding: chunked", "f".repeat(40) + "\r\n"), refused()));
        cases.add(raw(
                "chunk longer than it says", put("Transfer-Encoding: chunked", "3\r\nabcdef\r\n0\r\n\r\n"), refused()));
        cases.add(raw("unknown coding", put("Transfer-Encoding: sausage", "abc"), bad));
        cases.add(new HostileCase(edge, "binary noise", this::noise, Set.of(0, 400, 405, 414, 431, 501, 505)));
        cases.add(new HostileCase(edge, "TLS that is none", this::brokenTls, Set.of(0, 400)));
        cases.add(new HostileCase(edge, "slow head (slow loris)", this::slowHead, Set.of(0, 408)));
        return cases;
    }

    /** The port may refuse the sender before it reads a body. */
    private static Set<Integer> refused() {
        return Set.of(0, 400, 401, 403, 405, 411, 415);
    }

    private String get(String header) {
        return "GET " + target + " HTTP/1.1\r\nHost: a\r\n" + header + "\r\n\r\n";
    }

    private String put(String headers, String body) {
        return "PUT " + target + " HTTP/1.1\r\nHost: a\r\n" + headers + "\r\n\r\n" + body;
    }

    private HostileCase raw(String name, String request, Set<Integer> statuses) {
        return new HostileCase(
                edge,
                name,
                () -> {
                    try (Wire wire = new Wire(ApplianceBox.HOST, port, tls, TIMEOUT)) {
                        wire.send(request);
                        return wire.reply("GET");
                    }
                },
                statuses);
    }

    private HttpReply noise() throws IOException {
        byte[] noise = new byte[4096];
        new Random(7).nextBytes(noise);
        noise[0] = 'Q';
        try (Wire wire = new Wire(ApplianceBox.HOST, port, tls, TIMEOUT)) {
            wire.send(noise);
            wire.send("\r\n\r\n");
            return wire.reply("GET");
        }
    }

    private HttpReply brokenTls() throws IOException {
        byte[] hello = new byte[600];
        new Random(8).nextBytes(hello);
        hello[0] = 0x16;
        hello[1] = 0x03;
        hello[2] = 0x01;
        hello[3] = 0x02;
        hello[4] = 0x00;
        try (Wire wire = new Wire(ApplianceBox.HOST, port, false, TIMEOUT)) {
            wire.send(hello);
            return wire.startsLikeHttp() ? wire.reply("GET") : Wire.CLOSED;
        }
    }

    private HttpReply slowHead() throws IOException, InterruptedException {
        try (Wire wire = new Wire(ApplianceBox.HOST, port, tls, TIMEOUT)) {
            wire.send("GET " + target + " HTTP/1.1\r\nHost: a\r\nX-Slow: ");
            long deadline = System.nanoTime() + LORIS_LIMIT.toNanos();
            while (!wire.readable() && wire.send("a") && System.nanoTime() < deadline) {
                Thread.sleep(DRIP.toMillis());
            }
            if (System.nanoTime() >= deadline) {
                throw new IOException("The port listened to a slow head for " + LORIS_LIMIT.toSeconds() + " s");
            }
            return wire.reply("GET");
        }
    }
}
