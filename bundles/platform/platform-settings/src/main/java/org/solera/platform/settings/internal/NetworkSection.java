// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.settings.internal;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.osgi.service.component.annotations.Component;
import org.solera.platform.api.PlatformError;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.settings.SettingField;
import org.solera.platform.api.settings.SettingField.Type;
import org.solera.platform.api.settings.SettingsSection;

/** Settings {@code network}: the name by which people reach the appliance. Stateless. */
@Component(service = SettingsSection.class)
public final class NetworkSection implements SettingsSection {
    static final String PID = "solera.platform.network";
    static final String HOST_NAME = "hostName";
    private static final Pattern NAME = Pattern.compile("(?=.{1,253}$)[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
            + "(\\.[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*|(?=.{2,45}$)[0-9A-Fa-f]*:[0-9A-Fa-f:.]*");

    @Override
    public String id() {
        return "network";
    }

    @Override
    public String title() {
        return "Network";
    }

    @Override
    public String titleZh() {
        return "网络";
    }

    @Override
    public String pid() {
        return PID;
    }

    @Override
    public List<SettingField> fields() {
        return List.of(new SettingField(
                HOST_NAME,
                Type.TEXT,
                "Host name",
                "主机名",
                "Name or address by which people reach the appliance; its own certificate is made for it as well. Ports and"
                        + " the address they listen on are given at the start and cannot change while it runs.",
                "用户访问设备时使用的名称或地址，设备自有证书也会包含它。端口和监听地址在启动时确定，运行期间不能更改。",
                "",
                0,
                253,
                List.of()));
    }

    @Override
    public void check(Map<String, Object> values) throws SoleraException {
        String name = String.valueOf(values.get(HOST_NAME));
        if (!name.isEmpty() && !NAME.matcher(name).matches()) {
            throw new SoleraException(
                    PlatformError.INVALID_REQUEST,
                    "Host name (%s) is no name of a host and no address: letters, digits, hyphens and dots."
                            .formatted(HOST_NAME),
                    "Give a name such as solera.example.org, without https:// and without a port.",
                    null);
        }
    }
}
