// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.notices.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import javax.mail.MessagingException;
import javax.mail.Session;
import javax.mail.internet.MimeMessage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.notices.Severity;
import org.solera.platform.notices.internal.MailTarget.Encryption;

/** Sends to a real mail server: aiosmtpd of Debian. */
class MailSenderTest {
    private static final String PYTHON = "/usr/bin/python3";

    @TempDir
    Path folder;

    private final MailSender sender = new MailSender(new Testing.Time());
    private Certificates certificates;
    private @Nullable Process server;
    private BufferedReader said;
    private int port;

    private record Mail(String head, MimeMessage mime, String body) {}

    @BeforeAll
    static void needsAServer() throws IOException, InterruptedException {
        assertTrue(Files.isExecutable(Path.of(PYTHON)), "Python is not installed: apt-get install python3-aiosmtpd");
        Process probe = new ProcessBuilder(PYTHON, "-c", "import aiosmtpd.controller")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertTrue(
                probe.waitFor(30, TimeUnit.SECONDS) && probe.exitValue() == 0,
                "The mail server is not installed: apt-get install python3-aiosmtpd");
    }

    @BeforeEach
    void makeCertificates() throws IOException, GeneralSecurityException, InterruptedException {
        certificates = new Certificates(folder);
        Files.writeString(folder.resolve("cert.pem"), certificates.certificatePem());
        Files.writeString(folder.resolve("key.pem"), certificates.keyPem());
    }

    private void start(String mode) throws IOException {
        Process started = new ProcessBuilder(
                        PYTHON,
                        Path.of("src/test/resources/smtp_server.py").toString(),
                        mode,
                        folder.resolve("cert.pem").toString(),
                        folder.resolve("key.pem").toString())
                .redirectError(folder.resolve("server.log").toFile())
                .start();
        server = started;
        said = new BufferedReader(new InputStreamReader(started.getInputStream(), StandardCharsets.UTF_8));
        String first = said.readLine();
        assertTrue(first != null, () -> "The server did not start.");
        port = Integer.parseInt(first);
    }

    @AfterEach
    void stop() throws IOException, InterruptedException {
        if (server != null) {
            server.getOutputStream().close();
            if (!server.waitFor(10, TimeUnit.SECONDS)) {
                server.destroyForcibly();
            }
        }
    }

    private Mail received() throws IOException, MessagingException {
        String head = said.readLine();
        StringBuilder text = new StringBuilder();
        for (String line = said.readLine(); line != null && !line.equals("END"); line = said.readLine()) {
            text.append(line).append("\r\n");
        }
        MimeMessage mime = new MimeMessage(
                Session.getInstance(new Properties()),
                new ByteArrayInputStream(text.toString().getBytes(StandardCharsets.UTF_8)));
        String body = new String(mime.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Mail(head, mime, body);
    }

    private MailTarget target(Encryption encryption, String user, String password, boolean chinese, String authority) {
        return new MailTarget(
                "127.0.0.1",
                port,
                encryption,
                user,
                password,
                "solera@example.org",
                List.of("a@example.org", "b@example.org"),
                chinese,
                authority,
                "box1");
    }

    private static List<Message> several() {
        return List.of(
                Testing.message("n1", Severity.WARNING, Message.Kind.OVER),
                Testing.message("n2", Severity.WARNING, Message.Kind.BEGAN),
                Testing.message("n3", Severity.CRITICAL, Message.Kind.BEGAN));
    }

    @Test
    void putsSeveralNoticesIntoOneMail() throws IOException, MessagingException, SoleraException {
        start("plain");
        sender.send(target(Encryption.NONE, "", "", false, ""), several());
        Mail mail = received();
        assertEquals("BEGIN - clear solera@example.org a@example.org,b@example.org", mail.head());
        assertEquals(
                "[box1] Critical: cpu is at 91 °C \"now\". (and 2 more)",
                mail.mime().getSubject());
        assertTrue(mail.body().startsWith("Over: cpu is at 91 °C \"now\".\r\n  Since 2026-11-22 08:00:00 UTC"));
        assertTrue(mail.body().contains("Critical: cpu is at 91 °C \"now\".\r\n  Check the fans.\r\n"), mail.body());
        assertEquals("auto-generated", mail.mime().getHeader("Auto-Submitted")[0]);
        assertEquals(
                "2026-11-22T08:00:00Z", mail.mime().getSentDate().toInstant().toString());
    }

    @Test
    void writesChineseMails() throws IOException, MessagingException, SoleraException {
        start("plain");
        sender.send(target(Encryption.NONE, "", "", true, ""), several());
        Mail mail = received();
        assertEquals("[box1] 严重：cpu 的温度为 91 °C。（另有 2 条）", mail.mime().getSubject());
        assertTrue(mail.body().contains("  请检查风扇。\r\n"), mail.body());
    }

    @Test
    void boundsTheLengthOfAMail() throws IOException, MessagingException, SoleraException {
        start("plain");
        sender.send(target(Encryption.NONE, "", "", false, ""), Testing.messages(1_000));
        assertTrue(received().body().contains("\r\n900 more are in the console.\r\n"));
    }

    @Test
    void upgradesTheConnectionBeforeItSignsIn()
            throws IOException, MessagingException, SoleraException, GeneralSecurityException {
        start("auth");
        String authority = certificates.certificatePem();
        sender.send(target(Encryption.STARTTLS, "box", "pass wörd", false, authority), several());
        assertEquals(
                "BEGIN box secure solera@example.org a@example.org,b@example.org",
                received().head());
        SoleraException refused = assertThrows(
                SoleraException.class,
                () -> sender.send(target(Encryption.STARTTLS, "box", "wrong", false, authority), several()));
        assertTrue(refused.explain().contains("535"), refused.explain());
        assertFalse(refused.explain().contains("wrong"), "a password is nowhere said");
    }

    @Test
    void speaksTlsFromTheBeginning() throws IOException, MessagingException, SoleraException, GeneralSecurityException {
        start("tls");
        sender.send(target(Encryption.TLS, "", "", false, certificates.certificatePem()), several());
        assertTrue(received().head().startsWith("BEGIN - secure "));
        SoleraException unknown = assertThrows(
                SoleraException.class, () -> sender.send(target(Encryption.TLS, "", "", false, ""), several()));
        assertTrue(unknown.explain().contains("no secure connection"), unknown.explain());
        MailTarget right = target(Encryption.TLS, "", "", false, certificates.certificatePem());
        MailTarget other = new MailTarget(
                "localhost",
                port,
                Encryption.TLS,
                "",
                "",
                right.sender(),
                right.recipients(),
                false,
                right.authority(),
                "b");
        SoleraException misnamed = assertThrows(SoleraException.class, () -> sender.send(other, several()));
        assertTrue(misnamed.explain().contains("no secure connection"), "the certificate names another server");
    }

    @Test
    void sendsNothingInTheClearWhereAnUpgradeIsWanted() throws IOException {
        start("plain");
        SoleraException refused = assertThrows(
                SoleraException.class, () -> sender.send(target(Encryption.STARTTLS, "", "", false, ""), several()));
        assertTrue(refused.explain().contains("STARTTLS"), refused.explain());
    }

    @Test
    void saysWhenNobodyListens() throws IOException, InterruptedException {
        start("plain");
        stop();
        SoleraException refused = assertThrows(
                SoleraException.class, () -> sender.send(target(Encryption.NONE, "", "", false, ""), several()));
        assertTrue(refused.explain().contains("cannot be reached"), refused.explain());
    }
}
