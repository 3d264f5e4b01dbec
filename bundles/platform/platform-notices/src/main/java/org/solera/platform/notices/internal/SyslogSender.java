// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.notices.internal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.temporal.ChronoUnit;
import java.util.List;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.notices.Severity;

/**
 * Sends lines of RFC 5424: one datagram each (RFC 5426), or framed by their length over TCP (RFC 6587) and TLS (RFC 5425).
 * A datagram that is lost is lost. Stateless.
 */
final class SyslogSender {
    private static final int LIMIT_MILLIS = 5_000;
    private static final int LONGEST_DATAGRAM = 1_400;
    private static final int LONGEST_LINE = 8_192;
    private static final int LONGEST_WORD = 32;
    private static final int LONGEST_HOST = 255;
    private static final String RECEIVER = "syslog server";

    private SyslogSender() {}

    static void send(SyslogTarget target, List<Message> messages) throws SoleraException {
        try {
            if (target.transport() == SyslogTarget.Transport.UDP) {
                datagrams(target, messages);
            } else {
                stream(target, messages);
            }
        } catch (IOException failure) {
            throw Failures.of(RECEIVER, failure);
        }
    }

    private static void datagrams(SyslogTarget target, List<Message> messages) throws IOException {
        InetAddress server = InetAddress.getByName(target.server());
        try (DatagramSocket socket = new DatagramSocket()) {
            for (Message message : messages) {
                byte[] line = cut(line(target, message), LONGEST_DATAGRAM);
                socket.send(new DatagramPacket(line, line.length, server, target.port()));
            }
        }
    }

    private static void stream(SyslogTarget target, List<Message> messages) throws IOException, SoleraException {
        ByteArrayOutputStream frames = new ByteArrayOutputStream();
        for (Message message : messages) {
            byte[] line = cut(line(target, message), LONGEST_LINE);
            frames.writeBytes((line.length + " ").getBytes(StandardCharsets.US_ASCII));
            frames.writeBytes(line);
        }
        try (Socket plain = new Socket()) {
            plain.connect(new InetSocketAddress(InetAddress.getByName(target.server()), target.port()), LIMIT_MILLIS);
            plain.setSoTimeout(LIMIT_MILLIS);
            if (target.transport() == SyslogTarget.Transport.TCP) {
                plain.getOutputStream().write(frames.toByteArray());
                plain.getOutputStream().flush();
                return;
            }
            Socket layered = Trust.of(target.authority())
                    .getSocketFactory()
                    .createSocket(plain, target.server(), target.port(), true);
            try (SSLSocket secure = (SSLSocket) layered) {
                SSLParameters parameters = secure.getSSLParameters();
                parameters.setEndpointIdentificationAlgorithm("HTTPS");
                secure.setSSLParameters(parameters);
                secure.startHandshake();
                secure.getOutputStream().write(frames.toByteArray());
                secure.getOutputStream().flush();
            }
        }
    }

    /** {@return one line without its end} */
    static byte[] line(SyslogTarget target, Message message) {
        int priority = target.facility() * 8 + level(message);
        String head = "<" + priority + ">1 " + message.at().truncatedTo(ChronoUnit.MILLIS) + " "
                + word(target.box(), LONGEST_HOST) + " solera - "
                + word(message.notice().rule(), LONGEST_WORD) + " - \uFEFF";
        String subject = message.notice().subject().isEmpty()
                ? ""
                : " " + message.notice().subject();
        String text = message.kind().name().charAt(0)
                + message.kind().name().substring(1).toLowerCase(java.util.Locale.ROOT)
                + ": " + message.notice().title() + " " + message.notice().nextAction() + subject;
        return (head + text.replaceAll("\\p{Cntrl}+", " ").strip()).getBytes(StandardCharsets.UTF_8);
    }

    private static int level(Message message) {
        if (message.kind() == Message.Kind.OVER || message.kind() == Message.Kind.TEST) {
            return 5; // notice
        }
        Severity severity = message.notice().severity();
        return switch (severity) {
            case CRITICAL -> 2;
            case WARNING -> 4;
            case INFO -> 6;
        };
    }

    /** Printable ASCII without blanks, as the names of a head have to be. */
    private static String word(String text, int longest) {
        String word = text.replaceAll("[^\\x21-\\x7e]", "");
        return word.isEmpty() ? "-" : word.substring(0, Math.min(longest, word.length()));
    }

    /** Cuts at a character, not within one. */
    static byte[] cut(byte[] line, int longest) {
        if (line.length <= longest) {
            return line;
        }
        int end = longest;
        while (end > 0 && (line[end] & 0xc0) == 0x80) {
            end--;
        }
        return java.util.Arrays.copyOf(line, end);
    }
}
