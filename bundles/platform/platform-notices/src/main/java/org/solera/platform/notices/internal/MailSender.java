// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.notices.internal;

import com.sun.mail.smtp.SMTPTransport;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Date;
import java.util.List;
import java.util.Properties;
import javax.activation.DataHandler;
import javax.mail.Message.RecipientType;
import javax.mail.MessagingException;
import javax.mail.Session;
import javax.mail.URLName;
import javax.mail.internet.InternetAddress;
import javax.mail.internet.MimeMessage;
import javax.mail.util.ByteArrayDataSource;
import org.solera.platform.api.SoleraException;

/** Sends mails by SMTP, one connection for each. Stateless. */
final class MailSender {
    private static final int TIMEOUT_MILLIS = 10_000;
    private static final String PROTOCOL = "smtp"; // names the settings of the session, for TLS too
    private static final String RECEIVER = "mail server";

    private final Clock clock;

    MailSender(Clock clock) {
        this.clock = clock;
    }

    /** Sends one mail about all messages. */
    void send(MailTarget target, List<Message> messages) throws SoleraException {
        boolean secure = target.encryption() == MailTarget.Encryption.TLS;
        Session session = Session.getInstance(properties(target));
        // Made by its class: the library would look for it with the class loader of whatever thread this is.
        URLName address = new URLName(PROTOCOL, target.server(), target.port(), null, null, null);
        try (SMTPTransport transport = new Smtp(session, address, secure)) {
            MimeMessage mail = mail(session, target, messages);
            String user = target.user().isEmpty() ? null : target.user();
            transport.connect(target.server(), target.port(), user, user == null ? null : target.password());
            transport.sendMessage(mail, mail.getAllRecipients());
        } catch (MessagingException failure) {
            throw Failures.of(RECEIVER, failure);
        }
    }

    private static final class Smtp extends SMTPTransport {
        Smtp(Session session, URLName address, boolean secure) {
            super(session, address, PROTOCOL, secure);
        }
    }

    private static Properties properties(MailTarget target) throws SoleraException {
        Properties properties = new Properties();
        properties.put("mail.smtp.connectiontimeout", TIMEOUT_MILLIS);
        properties.put("mail.smtp.timeout", TIMEOUT_MILLIS);
        properties.put("mail.smtp.writetimeout", TIMEOUT_MILLIS);
        properties.put("mail.smtp.auth", !target.user().isEmpty());
        properties.put("mail.smtp.ssl.protocols", "TLSv1.2 TLSv1.3");
        boolean upgrade = target.encryption() == MailTarget.Encryption.STARTTLS;
        properties.put("mail.smtp.starttls.enable", upgrade);
        properties.put("mail.smtp.starttls.required", upgrade);
        properties.put("mail.smtp.ssl.enable", target.encryption() == MailTarget.Encryption.TLS);
        if (target.encryption() != MailTarget.Encryption.NONE) {
            properties.put(
                    "mail.smtp.ssl.socketFactory",
                    new IdentifyingSockets(Trust.of(target.authority()).getSocketFactory()));
        }
        return properties;
    }

    private MimeMessage mail(Session session, MailTarget target, List<Message> messages) throws MessagingException {
        MimeMessage mail = new MimeMessage(session);
        mail.setFrom(new InternetAddress(target.sender(), true));
        for (String recipient : target.recipients()) {
            mail.addRecipient(RecipientType.TO, new InternetAddress(recipient, true));
        }
        mail.setSubject(MailText.subject(messages, target.chinese(), target.box()), StandardCharsets.UTF_8.name());
        mail.setSentDate(Date.from(clock.instant()));
        mail.setHeader("Auto-Submitted", "auto-generated");
        byte[] body = MailText.body(messages, target.chinese(), target.box()).getBytes(StandardCharsets.UTF_8);
        // Bytes with a type, so that no handler of contents has to be found.
        mail.setDataHandler(new DataHandler(new ByteArrayDataSource(body, "text/plain; charset=UTF-8")));
        mail.saveChanges();
        return mail;
    }
}
