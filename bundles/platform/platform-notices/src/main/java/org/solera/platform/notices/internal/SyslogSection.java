// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.notices.internal;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.settings.SettingField;
import org.solera.platform.api.settings.SettingsSection;

/** The settings of the channel {@code syslog}, as people make them. Thread-safe. */
@Component(service = SettingsSection.class)
public final class SyslogSection implements SettingsSection {
    private final Clock clock;

    @Activate
    public SyslogSection(@Reference Clock clock) {
        this.clock = clock;
    }

    @Override
    public String id() {
        return "syslog";
    }

    @Override
    public String title() {
        return "Syslog";
    }

    @Override
    public String titleZh() {
        return "Syslog";
    }

    @Override
    public String pid() {
        return SyslogChannel.PID;
    }

    @Override
    public List<SettingField> fields() {
        return new Fields()
                .text("server", "Syslog server", "Syslog 服务器", "Name or address.", "名称或地址。")
                .port(514)
                .choice(
                        "transport",
                        "Transport",
                        "传输方式",
                        "TLS is usual on port 6514. What is lost on the way of UDP is not noticed.",
                        "TLS 通常使用 6514 端口。UDP 传输中丢失的内容无法察觉。",
                        "udp",
                        "tcp",
                        "tls")
                .choice(
                        "facility",
                        "Facility",
                        "设施",
                        "",
                        "",
                        "local0",
                        "local1",
                        "local2",
                        "local3",
                        "local4",
                        "local5",
                        "local6",
                        "local7",
                        "daemon",
                        "user")
                .done();
    }

    @Override
    public void check(Map<String, Object> values) throws SoleraException {
        if (Fields.on(values)) {
            require(SyslogTarget.of(values, ""));
        }
    }

    @Override
    public boolean testable() {
        return true;
    }

    @Override
    public String test(Map<String, Object> values) throws SoleraException {
        SyslogTarget target = SyslogTarget.of(values, Box.name());
        require(target);
        SyslogSender.send(target, List.of(TestNotice.of(clock)));
        return target.transport() == SyslogTarget.Transport.UDP
                ? "A line was sent; UDP does not tell whether it arrived."
                : "A line was sent to " + target.server() + ".";
    }

    private static void require(SyslogTarget target) throws SoleraException {
        if (target.server().isEmpty() || target.server().matches(".*[\\s/@].*")) {
            throw Fields.refuse("The value server is no name of a syslog server.", "Give a name or an address.");
        }
        Trust.check(target.authority());
    }
}
