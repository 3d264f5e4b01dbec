// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.settings.internal;

import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Component;
import org.solera.platform.api.PlatformError;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.settings.SettingField;
import org.solera.platform.api.settings.SettingField.Type;
import org.solera.platform.api.settings.SettingsSection;

/** Settings {@code time}: the zone in which times are shown and schedules run. Stateless. */
@Component(service = SettingsSection.class)
public final class TimeSection implements SettingsSection {
    static final String PID = "solera.platform.time";
    static final String ZONE = "zone";

    @Override
    public String id() {
        return "time";
    }

    @Override
    public String title() {
        return "Time";
    }

    @Override
    public String titleZh() {
        return "时间";
    }

    @Override
    public String pid() {
        return PID;
    }

    @Override
    public List<SettingField> fields() {
        return List.of(new SettingField(
                ZONE,
                Type.TEXT,
                "Time zone",
                "时区",
                "Zone in which times are shown and daily work is planned, such as Asia/Shanghai. The clock itself is that"
                        + " of the operating system.",
                "显示时间和安排每日任务所用的时区，例如 Asia/Shanghai。时钟本身由操作系统管理。",
                "UTC",
                1,
                64,
                List.of()));
    }

    @Override
    public void check(Map<String, Object> values) throws SoleraException {
        String zone = String.valueOf(values.get(ZONE));
        if (!ZoneId.getAvailableZoneIds().contains(zone)) {
            throw new SoleraException(
                    PlatformError.INVALID_REQUEST,
                    "Time zone (%s) %s is not known.".formatted(ZONE, zone),
                    "Give a name such as Europe/Berlin, Asia/Shanghai or UTC.",
                    null);
        }
    }
}
