// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.notices.internal;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.notices.Severity;

/** Posts notices one by one. Thread-safe. */
@Component(service = Channel.class, configurationPid = WebhookChannel.PID)
@Designate(ocd = WebhookConfig.class)
public final class WebhookChannel implements Channel {
    static final String PID = "solera.platform.notices.webhook";

    private final Secrets secrets;
    private final WebhookConfig config;
    private @Nullable WebhookSender sender; // guarded by this; made once the secret can be opened

    @Activate
    public WebhookChannel(@Reference Secrets secrets, WebhookConfig config) {
        this.secrets = secrets;
        this.config = config;
    }

    @Override
    public String id() {
        return "webhook";
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
        return 1;
    }

    @Override
    public Duration gather() {
        return Duration.ZERO;
    }

    @Override
    public Duration pause() {
        return Duration.ZERO;
    }

    @Override
    public void send(List<Message> messages) throws SoleraException {
        WebhookSender open = sender();
        for (Message message : messages) {
            open.send(message);
        }
    }

    private synchronized WebhookSender sender() throws SoleraException {
        WebhookSender open = sender;
        if (open == null) {
            String secret = secrets.open(PID + ".secret", config.secret());
            open = new WebhookSender(new WebhookTarget(config.url(), secret, config.authorityPem(), Box.name()));
            sender = open;
        }
        return open;
    }
}
