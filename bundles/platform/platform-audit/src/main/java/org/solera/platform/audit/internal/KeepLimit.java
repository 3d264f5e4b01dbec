// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.audit.internal;

import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.Designate;
import org.solera.platform.api.settings.SettingField;
import org.solera.platform.api.settings.SettingsSection;

/** How much is kept, as people set it. Its own component, so that a change of the setting does not close the audit. */
@Component(
        service = {KeepLimit.class, SettingsSection.class},
        configurationPid = KeepLimit.PID)
@Designate(ocd = AuditConfig.class)
public final class KeepLimit implements SettingsSection {
    static final String PID = "solera.platform.audit";
    static final long LEAST = 64L << 20;
    static final long MOST = 1L << 40;

    private final long bytes;

    @Activate
    public KeepLimit(AuditConfig config) {
        this.bytes = Math.max(LEAST, Math.min(MOST, config.keepBytes()));
    }

    long bytes() {
        return bytes;
    }

    @Override
    public String id() {
        return "audit";
    }

    @Override
    public boolean ofOwners() {
        return true;
    }

    @Override
    public String title() {
        return "Audit";
    }

    @Override
    public String titleZh() {
        return "审计";
    }

    @Override
    public String pid() {
        return PID;
    }

    @Override
    public List<SettingField> fields() {
        return List.of(new SettingField(
                "keepBytes",
                SettingField.Type.NUMBER,
                "Space for records, in bytes",
                "审计记录空间（字节）",
                "When it is used up, the oldest records go; export them before.",
                "空间用完后将删除最早的记录，请提前导出。",
                String.valueOf(AuditConfig.KEEP_BYTES),
                LEAST,
                MOST,
                List.of()));
    }
}
