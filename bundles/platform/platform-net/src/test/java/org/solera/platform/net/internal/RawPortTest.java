// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.net.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.solera.platform.api.HealthReport;
import org.solera.platform.net.api.ConnectionHandler;
import org.solera.platform.net.api.DatagramHandler;
import org.solera.platform.net.api.PortSpec;

class RawPortTest {
    private static ConnectionHandler echo(String prefix) {
        return channel -> channel.pipeline().addLast(new ChannelInboundHandlerAdapter() {
            @Override
            public void channelRead(ChannelHandlerContext context, Object message) {
                context.write(context.alloc().buffer().writeBytes(prefix.getBytes(StandardCharsets.US_ASCII)));
                context.writeAndFlush(message);
            }
        });
    }

    private static String ask(Socket socket, String text) throws Exception {
        TestPort.send(socket, text);
        return new String(socket.getInputStream().readNBytes(text.length() + 1), StandardCharsets.US_ASCII);
    }

    @Test
    void aConnectionStaysWithTheHandlerThatTookItAndHoldsUpItsDrain() throws Exception {
        try (TestPort port =
                new TestPort(TestPort.limits(), new PortSpec(TestPort.NAME, 0, PortSpec.Kind.TCP, false))) {
            try (Socket old = port.connect();
                    Socket young = port.connect()) {
                TestPort.send(old, "x"); // waits for a handler
                port.server.connections().bind(echo("1"), port.properties(1, TestPort.NAME, "/"), "b/1");
                assertEquals("1x", new String(old.getInputStream().readNBytes(2), StandardCharsets.US_ASCII));
                port.server.connections().bind(echo("2"), port.properties(2, TestPort.NAME, "/"), "b/2");
                assertFalse(port.server.drain(1, Duration.ofMillis(20)));
                assertEquals("2new", ask(young, "new"));
                assertEquals("1old", ask(old, "old"));
            }
            assertTrue(port.server.drain(1, Duration.ofSeconds(5)), "its connection is closed");
        }
    }

    @Test
    void givesDatagramsToTheNewestHandlerOnOneSocket() throws Exception {
        try (TestPort port = new TestPort(TestPort.limits(), new PortSpec(TestPort.NAME, 0, PortSpec.Kind.UDP, false));
                DatagramSocket client = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            client.setSoTimeout(5_000);
            for (int version = 1; version <= 2; version++) {
                byte answer = (byte) version;
                DatagramHandler handler = (socket, packet) -> socket.writeAndFlush(
                        new DatagramPacket(socket.alloc().buffer().writeByte(answer), packet.sender()));
                port.server.datagrams().bind(handler, port.properties(version, TestPort.NAME, "/"), "b");
                client.send(new java.net.DatagramPacket(new byte[] {9}, 1, port.address()));
                java.net.DatagramPacket got = new java.net.DatagramPacket(new byte[1], 1);
                client.receive(got);
                assertEquals(version, got.getData()[0]);
            }
        }
    }

    @Test
    void saysWhichPortIsTakenAndOpensItWhenItIsFree() throws Exception {
        ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        try (TestPort port = new TestPort(
                TestPort.limits(), new PortSpec(TestPort.NAME, other.getLocalPort(), PortSpec.Kind.HTTP, false))) {
            HealthReport report = port.server.health();
            assertEquals(HealthReport.Status.DOWN, report.status());
            assertTrue(report.detail().contains("Port s3 ") && report.detail().contains(":" + other.getLocalPort()));
            assertTrue(report.nextAction().contains("port offset"));
            other.close();
            Awaitility.await()
                    .atMost(Duration.ofSeconds(10))
                    .until(() -> port.server.health().status() == HealthReport.Status.UP);
        }
    }

    @Test
    void opensAndClosesPortsAsTheyAreWanted() throws Exception {
        try (TestPort port = new TestPort()) {
            PortSpec more = new PortSpec("more", 0, PortSpec.Kind.HTTP, false);
            port.server.apply(List.of(new PortSpec(TestPort.NAME, 0, PortSpec.Kind.HTTP, false), more));
            assertEquals(2, port.server.status().size());
            port.server.apply(List.of(more));
            assertEquals(
                    List.of("more"),
                    port.server.status().stream().map(each -> each.name()).toList());
        }
    }

    @Test
    void leavesNoThreadBehind() throws Exception {
        try (TestPort port = new TestPort()) {
            port.serve(exchange -> TestPort.text(exchange, "x"));
            port.talk(TestPort.last("/"));
        }
        Awaitility.await()
                .until(() -> Thread.getAllStackTraces().keySet().stream()
                        .noneMatch(thread -> thread.getName().startsWith("solera-net-")));
    }
}
