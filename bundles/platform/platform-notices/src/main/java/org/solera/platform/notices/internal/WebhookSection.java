// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.notices.internal;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.solera.platform.api.PlatformError;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.settings.SettingField;
import org.solera.platform.api.settings.SettingsSection;

/** The settings of the channel {@code webhook}, as people make them. Thread-safe. */
@Component(service = SettingsSection.class)
public final class WebhookSection implements SettingsSection {
    private final Clock clock;

    @Activate
    public WebhookSection(@Reference Clock clock) {
        this.clock = clock;
    }

    @Override
    public String id() {
        return "webhook";
    }

    @Override
    public String title() {
        return "Webhook";
    }

    @Override
    public String titleZh() {
        return "Webhook";
    }

    @Override
    public String pid() {
        return WebhookChannel.PID;
    }

    @Override
    public List<SettingField> fields() {
        return new Fields()
                .text(
                        "url",
                        "Address",
                        "地址",
                        "Each notice is posted there as JSON. Redirects are not followed.",
                        "每条通知以 JSON 格式发送到此地址，不跟随重定向。")
                .secret(
                        "secret",
                        "Secret",
                        "密钥",
                        "Signs each body with HMAC-SHA-256 in the header X-Solera-Signature.",
                        "使用 HMAC-SHA-256 对内容签名，放在 X-Solera-Signature 头中。")
                .done();
    }

    @Override
    public void check(Map<String, Object> values) throws SoleraException {
        if (Fields.on(values)) {
            require(WebhookTarget.of(values, ""));
        }
    }

    @Override
    public boolean testable() {
        return true;
    }

    @Override
    public String test(Map<String, Object> values) throws SoleraException {
        WebhookTarget target = WebhookTarget.of(values, Box.name());
        require(target);
        new WebhookSender(target).send(TestNotice.of(clock));
        return "A test was posted to " + target.url() + ".";
    }

    private static void require(WebhookTarget target) throws SoleraException {
        try {
            URI url = new URI(target.url());
            boolean web = "https".equalsIgnoreCase(url.getScheme()) || "http".equalsIgnoreCase(url.getScheme());
            if (!web || url.getHost() == null || url.getUserInfo() != null || url.getFragment() != null) {
                throw Fields.refuse(
                        "The value url is no address of a web server.", "Give an address such as https://host/path.");
            }
        } catch (URISyntaxException malformed) {
            throw new SoleraException(
                    PlatformError.INVALID_REQUEST,
                    "The value url is no address: " + malformed.getMessage(),
                    "Give an address such as https://host/path.",
                    malformed);
        }
        Trust.check(target.authority());
    }
}
