// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.security.internal;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.solera.platform.api.Accounts;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.settings.SettingField;
import org.solera.platform.api.settings.SettingsSection;

/** The settings of this bundle, as people see them. */
@Component(
        immediate = true,
        service = {})
public final class SecuritySections {
    private static final SettingField IDLE = new SettingField(
            "idleLimitMinutes",
            SettingField.Type.NUMBER,
            "Sign out after idle minutes",
            "空闲多少分钟后退出登录",
            "A browser that sends no request for this long is signed out.",
            "浏览器在此时间内没有请求则自动退出登录。",
            Integer.toString(SessionLimits.IDLE_MINUTES),
            1,
            1440,
            List.of());
    private static final SettingField LONGEST = new SettingField(
            "longestHours",
            SettingField.Type.NUMBER,
            "Longest session in hours",
            "会话最长小时数",
            "A session ends after this time at the latest.",
            "会话最迟在此时间后结束。",
            Integer.toString(SessionLimits.LONGEST_HOURS),
            1,
            720,
            List.of());
    private static final SettingField PASSWORD = new SettingField(
            "minimumLength",
            SettingField.Type.NUMBER,
            "Shortest password in characters",
            "密码最短字符数",
            "Holds for passwords that are set from now on.",
            "对此后设置的密码生效。",
            Integer.toString(Accounts.SHORTEST_PASSWORD),
            Accounts.SHORTEST_PASSWORD,
            128,
            List.of());
    private static final SettingField NAMES = new SettingField(
            "extraNames",
            SettingField.Type.LIST,
            "Further host names and addresses",
            "其他主机名和地址",
            "The appliance's own certificate is good for these too, from its next renewal on.",
            "设备自签证书在下次续期后也包含这些名称。",
            "",
            1,
            253,
            List.of());

    private final List<ServiceRegistration<SettingsSection>> registrations = new ArrayList<>();

    @Activate
    public SecuritySections(BundleContext context) {
        for (SettingsSection each : List.of(
                new Section("sessions", "Sessions", "会话", SessionLimits.PID, List.of(IDLE, LONGEST)),
                new Section("passwords", "Passwords", "密码", PasswordPolicy.PID, List.of(PASSWORD)),
                new Section("certificate", "Certificate", "证书", CertificateNames.PID, List.of(NAMES)))) {
            registrations.add(context.registerService(SettingsSection.class, each, null));
        }
    }

    @Deactivate
    void close() {
        registrations.forEach(ServiceRegistration::unregister);
    }

    private record Section(String id, String title, String titleZh, String pid, List<SettingField> fields)
            implements SettingsSection {
        @Override
        public boolean ofOwners() {
            return !pid.equals(CertificateNames.PID); // engineers renew the certificate as well
        }

        @Override
        public void check(Map<String, Object> values) throws SoleraException {
            if (values.get(NAMES.key()) instanceof Collection<?> names) {
                List<String> unused =
                        MachineNames.checked(names.stream().map(String::valueOf).toList());
            }
        }
    }
}
