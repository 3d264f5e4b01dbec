// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.notices.internal;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.lang.reflect.Method;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.settings.SettingField;
import org.solera.platform.api.settings.SettingsSection;

class SectionsTest {
    private static final Clock CLOCK = new Testing.Time();
    private static final Map<SettingsSection, Class<?>> SECTIONS = Map.of(
            new MailSection(CLOCK), MailConfig.class,
            new WebhookSection(CLOCK), WebhookConfig.class,
            new SyslogSection(CLOCK), SyslogConfig.class);

    private static Map<String, Object> mail(String key, Object value) {
        Map<String, Object> values = new HashMap<>(Map.of(
                "enabled",
                true,
                "server",
                "mail.example.org",
                "port",
                587L,
                "encryption",
                "starttls",
                "sender",
                "box@example.org",
                "recipients",
                List.of("eve@example.org")));
        values.put(key, value);
        return values;
    }

    @Test
    void offersEveryValueOfTheConfigurationInBothLanguages() {
        SECTIONS.forEach((section, config) -> {
            Set<String> keys =
                    section.fields().stream().map(SettingField::key).collect(Collectors.toCollection(HashSet::new));
            Set<String> taken = Arrays.stream(config.getDeclaredMethods())
                    .map(Method::getName)
                    .collect(Collectors.toSet());
            assertEquals(taken, keys, section.id());
            assertTrue(section.testable());
            for (SettingField field : section.fields()) {
                assertTrue(!field.title().isEmpty() && !field.titleZh().isEmpty(), field.key());
                assertEquals(field.help().isEmpty(), field.helpZh().isEmpty(), field.key());
                if (field.type() == SettingField.Type.CHOICE) {
                    assertTrue(field.options().contains(field.otherwise()), field.key());
                }
            }
        });
    }

    @Test
    void takesAnythingWhileTheChannelIsOff() {
        for (SettingsSection section : SECTIONS.keySet()) {
            assertDoesNotThrow(() -> section.check(Map.of("enabled", false)));
            assertThrows(SoleraException.class, () -> section.check(Map.of("enabled", true)));
            assertThrows(SoleraException.class, () -> section.test(Map.of("enabled", true)));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "server, ''",
        "server, 'a b'",
        "server, user@host",
        "sender, nobody",
        "encryption, none",
        "authorityPem, nonsense"
    })
    void refusesMailSettingsThatCannotWork(String key, String value) {
        Map<String, Object> values = mail(key, value);
        values.put("password", "secret");
        SoleraException refused = assertThrows(SoleraException.class, () -> new MailSection(CLOCK).check(values));
        assertFalse(refused.nextAction().isEmpty());
    }

    @Test
    void refusesRecipientsThatAreNone() {
        MailSection section = new MailSection(CLOCK);
        assertDoesNotThrow(() -> section.check(mail("port", 25L)));
        assertThrows(SoleraException.class, () -> section.check(mail("recipients", List.of())));
        assertThrows(SoleraException.class, () -> section.check(mail("recipients", List.of("a@b.org", "x\r\ny@z"))));
    }

    @ParameterizedTest
    @CsvSource({"ftp://host/x", "https:///x", "https://user:pw@host/x", "nothing", "'https://ho st/'"})
    void refusesWebhooksThatAreNone(String url) {
        Map<String, Object> values = Map.of("enabled", true, "url", url);
        assertThrows(SoleraException.class, () -> new WebhookSection(CLOCK).check(values));
    }

    @Test
    void sendsATestWithTheValuesThatAreTried() throws IOException, SoleraException {
        List<String> bodies = new CopyOnWriteArrayList<>();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
        try {
            String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/hook";
            assertEquals(
                    "A test was posted to " + url + ".",
                    new WebhookSection(CLOCK).test(Map.of("enabled", false, "url", url, "secret", "s")));
            assertTrue(bodies.get(0).contains("\"event\":\"test\""), bodies.get(0));
        } finally {
            server.stop(0);
        }
    }
}
