// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.notices.internal;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import javax.mail.internet.AddressException;
import javax.mail.internet.InternetAddress;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.solera.platform.api.PlatformError;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.settings.SettingField;
import org.solera.platform.api.settings.SettingsSection;

/** The settings of the channel {@code mail}, as people make them. Thread-safe. */
@Component(service = SettingsSection.class)
public final class MailSection implements SettingsSection {
    private static final int RECIPIENTS_MOST = 50;

    private final Clock clock;

    @Activate
    public MailSection(@Reference Clock clock) {
        this.clock = clock;
    }

    @Override
    public String id() {
        return "mail";
    }

    @Override
    public String title() {
        return "Mail";
    }

    @Override
    public String titleZh() {
        return "邮件";
    }

    @Override
    public String pid() {
        return MailChannel.PID;
    }

    @Override
    public List<SettingField> fields() {
        return new Fields()
                .text("server", "Mail server", "邮件服务器", "Name or address of an SMTP server.", "SMTP 服务器的名称或地址。")
                .port(587)
                .choice(
                        "encryption",
                        "Encryption",
                        "加密方式",
                        "STARTTLS is usual on port 587, TLS on port 465.",
                        "587 端口通常使用 STARTTLS，465 端口通常使用 TLS。",
                        "starttls",
                        "tls",
                        "none")
                .text("user", "User", "用户名", "Empty if the server asks for none.", "如服务器不要求登录，请留空。")
                .secret("password", "Password", "密码", "", "")
                .text("sender", "Sender", "发件人", "Address that mails come from.", "邮件的发件地址。")
                .list("recipients", "Recipients", "收件人", "One address a line, at most 50.", "每行一个地址，最多 50 个。")
                .choice("language", "Language", "语言", "Language of the mails.", "邮件使用的语言。", "en", "zh")
                .done();
    }

    @Override
    public void check(Map<String, Object> values) throws SoleraException {
        MailTarget target = MailTarget.of(values, "");
        if (Fields.on(values)) {
            require(target);
        }
    }

    @Override
    public boolean testable() {
        return true;
    }

    @Override
    public String test(Map<String, Object> values) throws SoleraException {
        MailTarget target = MailTarget.of(values, Box.name());
        require(target);
        new MailSender(clock).send(target, List.of(TestNotice.of(clock)));
        return "A mail was sent to " + String.join(", ", target.recipients()) + ".";
    }

    private static void require(MailTarget target) throws SoleraException {
        if (target.server().isEmpty() || target.server().matches(".*[\\s/@].*")) {
            throw Fields.refuse("The value server is no name of a mail server.", "Give a name or an address.");
        }
        if (target.recipients().isEmpty() || target.recipients().size() > RECIPIENTS_MOST) {
            throw Fields.refuse(
                    "The value recipients names " + target.recipients().size() + " addresses.",
                    "Give 1 to " + RECIPIENTS_MOST + " addresses.");
        }
        address("sender", target.sender());
        for (String recipient : target.recipients()) {
            address("recipients", recipient);
        }
        if (target.encryption() == MailTarget.Encryption.NONE
                && !target.password().isEmpty()) {
            throw Fields.refuse(
                    "The value password would be sent in the clear.", "Choose an encryption, or leave the user empty.");
        }
        Trust.check(target.authority());
    }

    private static void address(String key, String address) throws SoleraException {
        try {
            new InternetAddress(address, true).validate();
        } catch (AddressException malformed) {
            throw new SoleraException(
                    PlatformError.INVALID_REQUEST,
                    "The value " + key + " is no mail address: " + malformed.getMessage(),
                    "Give an address as name@domain.",
                    malformed);
        }
    }
}
