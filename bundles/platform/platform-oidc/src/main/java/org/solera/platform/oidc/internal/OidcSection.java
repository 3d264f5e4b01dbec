// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.oidc.internal;

import static org.solera.platform.api.settings.SettingField.Type.BOOLEAN;
import static org.solera.platform.api.settings.SettingField.Type.SECRET;
import static org.solera.platform.api.settings.SettingField.Type.TEXT;

import java.time.Clock;
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

/** The settings of the provider. Thread-safe. */
@Component
public final class OidcSection implements SettingsSection {
    private static final int ADDRESS = 1024;
    private static final int NAME = 256;
    private static final int PEM = 65_536;

    private static final List<SettingField> FIELDS = List.of(
            text(
                    "issuer",
                    "Issuer",
                    "颁发者",
                    "Address of the provider, exactly as it names itself. Empty: no" + " provider.",
                    "身份提供方的地址，须与其自称完全一致。留空则不使用。",
                    "",
                    ADDRESS),
            text("clientId", "Client id", "客户端 ID", "Name of this appliance at the provider.", "本机在提供方处的名称。", "", NAME),
            new SettingField(
                    "clientSecret",
                    SECRET,
                    "Client secret",
                    "客户端密钥",
                    "Empty for a public client.",
                    "公共客户端留空。",
                    "",
                    0,
                    1024,
                    List.of()),
            text("title", "Title", "标题", "What stands on the button.", "按钮上显示的文字。", "OpenID Connect", 64),
            text(
                    "baseAddress",
                    "Address of this appliance",
                    "本机地址",
                    "https://HOST:PORT as browsers reach it; empty:" + " as each browser names it.",
                    "浏览器访问本机的 https://主机:端口；留空则采用浏览器所用的地址。",
                    "",
                    ADDRESS),
            text(
                    "scopes",
                    "Scopes",
                    "作用域",
                    "What is asked for, by blanks; with openid.",
                    "请求的作用域，以空格分隔；须含 openid。",
                    "openid profile email",
                    ADDRESS),
            text(
                    "nameClaim",
                    "Claim of the login name",
                    "登录名声明",
                    "Becomes the name on the appliance.",
                    "作为本机上的用户名。",
                    "preferred_username",
                    NAME),
            text("displayNameClaim", "Claim of the display name", "显示名声明", "", "", "name", NAME),
            text("emailClaim", "Claim of the mail address", "邮箱声明", "", "", "email", NAME),
            text(
                    "groupsClaim",
                    "Claim of the groups",
                    "组声明",
                    "Names of groups; dots lead into objects, for example" + " realm_access.roles.",
                    "组的名称；点号进入对象内部，例如 realm_access.roles。",
                    "groups",
                    NAME),
            new SettingField(
                    "userInfo",
                    BOOLEAN,
                    "Ask for more",
                    "查询更多信息",
                    "Also asks the provider's userinfo for" + " claims.",
                    "同时向提供方的 userinfo 查询声明。",
                    "false",
                    0,
                    0,
                    List.of()),
            text(
                    "caPem",
                    "Certificates of issuers",
                    "签发者证书",
                    "PEM; who may vouch for the provider's address. Empty:" + " the issuers that Java knows.",
                    "PEM 格式；谁可以为提供方的地址担保。留空则使用 Java 内置的签发者。",
                    "",
                    PEM));

    private final ExecutorService pool;
    private final Clock clock;

    @Activate
    public OidcSection(@Reference NamedExecutors executors, @Reference Clock clock) {
        this.pool = executors.open("platform", "oidc-test", OidcSignIn.THREADS, OidcSignIn.WAITING);
        this.clock = clock;
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
        return "oidc";
    }

    @Override
    public boolean ofOwners() {
        return true;
    }

    @Override
    public String title() {
        return "Sign-in by OpenID Connect";
    }

    @Override
    public String titleZh() {
        return "OpenID Connect 登录";
    }

    @Override
    public String pid() {
        return OidcConfig.PID;
    }

    @Override
    public List<SettingField> fields() {
        return FIELDS;
    }

    @Override
    public void check(Map<String, Object> values) throws SoleraException {
        if (OidcSettings.configured(values)) {
            OidcSettings.of(values);
        }
    }

    @Override
    public boolean testable() {
        return true;
    }

    @Override
    public String test(Map<String, Object> values) throws SoleraException {
        OidcSettings settings = OidcSettings.of(values);
        Provider provider = new Provider(settings, new Exchange(settings.tls(), pool), clock);
        Provider.Document document = provider.document();
        int keys = provider.keys().size();
        if (!document.algorithms().isEmpty()
                && document.algorithms().stream().noneMatch(IdTokens.ALGORITHMS::contains)) {
            throw OidcException.mismatch(
                    "The provider signs ID tokens by none of %s.".formatted(String.join(", ", IdTokens.ALGORITHMS)),
                    null);
        }
        return "The provider answers and has %d keys. %sIt has to know %s%s as an address to return to."
                .formatted(
                        keys,
                        document.pkce() ? "" : "It does not say that it knows PKCE (S256). ",
                        settings.baseAddress().isEmpty() ? "https://HOST:PORT" : settings.baseAddress(),
                        OidcPages.CALLBACK);
    }
}
