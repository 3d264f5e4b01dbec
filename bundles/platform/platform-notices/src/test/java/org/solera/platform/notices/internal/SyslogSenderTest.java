// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.notices.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.notices.Severity;
import org.solera.platform.notices.internal.SyslogTarget.Transport;

class SyslogSenderTest {
    private static final String LINE = "<130>1 2026-11-22T08:00:00Z box1 solera - heat - \uFEFF"
            + "Began: cpu is at 91 °C \"now\". Check the fans. chip=\"cpu\"";

    private static SyslogTarget target(int port, Transport transport, String authority) {
        return new SyslogTarget("127.0.0.1", port, transport, SyslogTarget.facility("local0"), authority, "box1");
    }

    private static List<Message> one() {
        return List.of(Testing.message("n1", Severity.CRITICAL, Message.Kind.BEGAN));
    }

    /** {@return all that the first connection brings} */
    private static CompletableFuture<String> first(ServerSocket server) {
        return CompletableFuture.supplyAsync(() -> {
            try (Socket socket = server.accept()) {
                return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException failure) {
                return "failed: " + failure.getMessage();
            }
        });
    }

    private static ServerSocket open() throws IOException {
        ServerSocket server = new ServerSocket();
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        return server;
    }

    @Test
    void sendsADatagramForEachMessage() throws IOException, SoleraException {
        try (DatagramSocket server = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            server.setSoTimeout(10_000);
            SyslogSender.send(target(server.getLocalPort(), Transport.UDP, ""), one());
            DatagramPacket packet = new DatagramPacket(new byte[4_096], 4_096);
            server.receive(packet);
            assertEquals(LINE, new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8));
        }
    }

    @Test
    void framesLinesByTheirLengthOverTcp() throws IOException, SoleraException {
        try (ServerSocket server = open()) {
            CompletableFuture<String> received = first(server);
            SyslogSender.send(target(server.getLocalPort(), Transport.TCP, ""), Testing.messages(3));
            String text = received.join();
            int lines = 0;
            byte[] left = text.getBytes(StandardCharsets.UTF_8);
            int at = 0;
            while (at < left.length) {
                int blank = at;
                while (left[blank] != ' ') {
                    blank++;
                }
                int length = Integer.parseInt(new String(left, at, blank - at, StandardCharsets.US_ASCII));
                String line = new String(left, blank + 1, length, StandardCharsets.UTF_8);
                assertTrue(line.startsWith("<132>1 2026-11-22T08:00:00Z box1 solera - heat - "), line);
                at = blank + 1 + length;
                lines++;
            }
            assertEquals(3, lines);
        }
    }

    @Test
    void speaksTlsWithAServerThatItTrusts(@TempDir Path folder)
            throws IOException, GeneralSecurityException, InterruptedException, SoleraException {
        Certificates certificates = new Certificates(folder);
        try (ServerSocket server = certificates
                .context()
                .getServerSocketFactory()
                .createServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            CompletableFuture<String> received = first(server);
            SyslogSender.send(target(server.getLocalPort(), Transport.TLS, certificates.certificatePem()), one());
            String text = received.join();
            assertEquals(LINE.getBytes(StandardCharsets.UTF_8).length + " " + LINE, text);
            CompletableFuture<String> nothing = first(server);
            SoleraException refused = assertThrows(
                    SoleraException.class,
                    () -> SyslogSender.send(target(server.getLocalPort(), Transport.TLS, ""), one()));
            assertTrue(refused.explain().contains("no secure connection"), refused.explain());
            assertTrue(nothing.join().startsWith("failed"));
        }
    }

    @Test
    void saysWhenNobodyListens() throws IOException {
        int port;
        try (ServerSocket server = open()) {
            port = server.getLocalPort();
        }
        SoleraException refused =
                assertThrows(SoleraException.class, () -> SyslogSender.send(target(port, Transport.TCP, ""), one()));
        assertTrue(refused.explain().contains("cannot be reached"), refused.explain());
    }

    @Test
    void cutsLongLinesAtACharacterAndLetsNothingBreakALine() {
        byte[] chinese = "盘".repeat(1_000).getBytes(StandardCharsets.UTF_8);
        byte[] cut = SyslogSender.cut(chinese, 1_400);
        assertEquals("盘".repeat(466), new String(cut, StandardCharsets.UTF_8));
        SyslogTarget odd = new SyslogTarget("h", 1, Transport.UDP, 16, "", "b ö\nx");
        String line = new String(
                SyslogSender.line(odd, Testing.message("n", Severity.INFO, Message.Kind.OVER)), StandardCharsets.UTF_8);
        assertTrue(line.startsWith("<133>1 2026-11-22T08:00:00Z bx solera - heat - \uFEFFOver: "), line);
    }
}
