// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.notices.internal;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.Designate;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.notices.Severity;

/** Sends notices to a syslog server. Thread-safe. */
@Component(service = Channel.class, configurationPid = SyslogChannel.PID)
@Designate(ocd = SyslogConfig.class)
public final class SyslogChannel implements Channel {
    static final String PID = "solera.platform.notices.syslog";

    private static final int BATCH = 100;

    private final boolean enabled;
    private final Severity minimum;
    private final SyslogTarget target;

    @Activate
    public SyslogChannel(SyslogConfig config) {
        Map<String, Object> values = new HashMap<>();
        values.put("server", config.server());
        values.put("port", config.port());
        values.put("transport", config.transport());
        values.put("facility", config.facility());
        values.put("authorityPem", config.authorityPem());
        this.enabled = config.enabled();
        this.minimum = Fields.severity(config.minimumSeverity());
        this.target = SyslogTarget.of(values, Box.name());
    }

    @Override
    public String id() {
        return "syslog";
    }

    @Override
    public boolean enabled() {
        return enabled;
    }

    @Override
    public Severity minimum() {
        return minimum;
    }

    @Override
    public int batch() {
        return BATCH;
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
        SyslogSender.send(target, messages);
    }
}
