// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.ldap.internal;

import static org.solera.platform.api.settings.SettingField.Type.BOOLEAN;
import static org.solera.platform.api.settings.SettingField.Type.NUMBER;
import static org.solera.platform.api.settings.SettingField.Type.SECRET;
import static org.solera.platform.api.settings.SettingField.Type.TEXT;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.solera.platform.api.NamedExecutors;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.settings.SettingField;
import org.solera.platform.api.settings.SettingsSection;

/** The settings of the directory. Thread-safe. */
@Component
public final class LdapSection implements SettingsSection {
    private static final int DN = 1024;
    private static final int NAME = 128;
    private static final int PEM = 65_536;

    private static final List<SettingField> FIELDS = List.of(
            text(
                    "url",
                    "Address",
                    "地址",
                    "ldaps://HOST[:PORT] or ldap://HOST[:PORT]; several by blanks are tried in"
                            + " order. Empty: no directory.",
                    "ldaps://主机[:端口] 或 ldap://主机[:端口]；多个地址以空格分隔，依次尝试。" + "留空则不使用目录。",
                    "",
                    DN),
            new SettingField(
                    "startTls",
                    BOOLEAN,
                    "StartTLS",
                    "StartTLS",
                    "Encrypts a connection to ldap:// before" + " anything is sent.",
                    "在发送任何内容之前加密 ldap:// 连接。",
                    "true",
                    0,
                    0,
                    List.of()),
            text(
                    "bindDn",
                    "DN that searches",
                    "用于搜索的 DN",
                    "Account that looks for people; empty to search without.",
                    "用于查找人员的账户；留空则匿名搜索。",
                    "",
                    DN),
            new SettingField("bindPassword", SECRET, "Its password", "其密码", "", "", "", 0, 256, List.of()),
            text("userBase", "Base of people", "人员的基准 DN", "DN below which people are found.", "在此 DN 之下查找人员。", "", DN),
            text(
                    "userFilter",
                    "Filter of people",
                    "人员过滤器",
                    "Finds one person; {name} is the login name.",
                    "查找一个人员；{name} 为登录名。",
                    LdapConfig.USER_FILTER,
                    DN),
            text(
                    "groupBase",
                    "Base of groups",
                    "组的基准 DN",
                    "DN below which groups are found; empty: no search.",
                    "在此 DN 之下查找组；留空则不搜索。",
                    "",
                    DN),
            text(
                    "groupFilter",
                    "Filter of groups",
                    "组过滤器",
                    "Finds the groups of a person; {dn} is its DN, {name} its" + " login name.",
                    "查找人员所属的组；{dn} 为其 DN，{name} 为其登录名。",
                    LdapConfig.GROUP_FILTER,
                    DN),
            text(
                    "nameAttribute",
                    "Attribute of the login name",
                    "登录名属性",
                    "Becomes the name on the appliance.",
                    "作为本机上的用户名。",
                    "uid",
                    NAME),
            text("displayNameAttribute", "Attribute of the display name", "显示名属性", "", "", "cn", NAME),
            text("mailAttribute", "Attribute of the mail address", "邮箱属性", "", "", "mail", NAME),
            text(
                    "groupAttribute",
                    "Attribute with groups",
                    "组成员属性",
                    "Attribute of a person that lists its groups by" + " DN; empty: not read.",
                    "人员条目中以 DN 列出所属组的属性；留空则不读取。",
                    "memberOf",
                    NAME),
            text(
                    "groupNameAttribute",
                    "Attribute with the name of a group",
                    "组名属性",
                    "Short name of the groups that" + " the search finds; empty: their DN only.",
                    "搜索到的组的短名称；留空则只使用 DN。",
                    "cn",
                    NAME),
            text(
                    "idAttribute",
                    "Attribute that never changes",
                    "不变标识属性",
                    "Tells people apart for ever, for example" + " entryUUID or objectGUID; empty: the DN.",
                    "永久区分人员，例如 entryUUID 或 objectGUID；留空则使用 DN。",
                    "",
                    NAME),
            text(
                    "caPem",
                    "Certificates of issuers",
                    "签发者证书",
                    "PEM; who may vouch for the directory. Empty: the" + " issuers that Java knows.",
                    "PEM 格式；谁可以为目录担保。留空则使用 Java 内置的签发者。",
                    "",
                    PEM),
            new SettingField(
                    "timeoutMillis",
                    NUMBER,
                    "Time limit (ms)",
                    "时限（毫秒）",
                    "For a whole check.",
                    "针对一次完整的检查。",
                    "5000",
                    500,
                    5000,
                    List.of()));

    private final ExecutorService pool;

    @Activate
    public LdapSection(@Reference NamedExecutors executors) {
        this.pool = executors.open("platform", "ldap-test", 2, 2);
    }

    @Deactivate
    void close() {
        pool.shutdownNow();
    }

    private static SettingField text(
            String key, String title, String titleZh, String help, String helpZh, String otherwise, int longest) {
        return new SettingField(key, TEXT, title, titleZh, help, helpZh, otherwise, 0, longest, List.of());
    }

    /** {@return the default of a value} */
    static String otherwise(String key) {
        return FIELDS.stream()
                .filter(field -> field.key().equals(key))
                .findFirst()
                .map(SettingField::otherwise)
                .orElseThrow();
    }

    @Override
    public String id() {
        return "ldap";
    }

    @Override
    public boolean ofOwners() {
        return true;
    }

    @Override
    public String title() {
        return "Sign-in by LDAP";
    }

    @Override
    public String titleZh() {
        return "LDAP 登录";
    }

    @Override
    public String pid() {
        return LdapConfig.PID;
    }

    @Override
    public List<SettingField> fields() {
        return FIELDS;
    }

    @Override
    public void check(Map<String, Object> values) throws SoleraException {
        if (LdapSettings.configured(values)) {
            LdapSettings.of(values);
        }
    }

    @Override
    public boolean testable() {
        return true;
    }

    @Override
    public String test(Map<String, Object> values) throws SoleraException {
        return new LdapDirectory(LdapSettings.of(values), pool).test();
    }
}
