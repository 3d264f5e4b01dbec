// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.notices.internal;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.notices.Severity;

/** Sends notices by mail: those of ten seconds together, one mail a minute. Thread-safe. */
@Component(service = Channel.class, configurationPid = MailChannel.PID)
@Designate(ocd = MailConfig.class)
public final class MailChannel implements Channel {
    static final String PID = "solera.platform.notices.mail";

    private static final Duration GATHER = Duration.ofSeconds(10);
    private static final Duration PAUSE = Duration.ofMinutes(1);

    private final Secrets secrets;
    private final MailSender sender;
    private final MailConfig config;

    @Activate
    public MailChannel(@Reference Secrets secrets, @Reference Clock clock, MailConfig config) {
        this.secrets = secrets;
        this.sender = new MailSender(clock);
        this.config = config;
    }

    @Override
    public String id() {
        return "mail";
    }

    @Override
    public boolean enabled() {
        return config.enabled();
    }

    @Override
    public Severity minimum() {
        return Fields.severity(config.minimumSeverity());
    }

    @Override
    public int batch() {
        return Outbox.MESSAGES_MOST;
    }

    @Override
    public Duration gather() {
        return GATHER;
    }

    @Override
    public Duration pause() {
        return PAUSE;
    }

    @Override
    public void send(List<Message> messages) throws SoleraException {
        MailTarget target = new MailTarget(
                config.server(),
                config.port(),
                MailTarget.Encryption.of(config.encryption()),
                config.user(),
                secrets.open(PID + ".password", config.password()),
                config.sender(),
                List.of(config.recipients()),
                config.language().equals("zh"),
                config.authorityPem(),
                Box.name());
        sender.send(target, messages);
    }
}
