// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.settings.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.solera.platform.api.ErrorCode;
import org.solera.platform.api.PlatformError;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.secrets.Sealer;
import org.solera.platform.api.settings.SettingField;
import org.solera.platform.api.settings.SettingField.Type;
import org.solera.platform.api.settings.Settings;
import org.solera.platform.api.settings.SettingsSection;

class ConfiguredSettingsTest {
    private final MemoryConfigurations configurations = new MemoryConfigurations();
    private final ConfiguredSettings settings =
            new ConfiguredSettings(new ConfigurationFiles(configurations.admin(), null));
    private final Mail mail = new Mail();

    /** Seals by writing the purpose in front. */
    private static final class PlainSealer implements Sealer {
        @Override
        public String seal(String purpose, byte[] secret) {
            return PREFIX + purpose + "/" + new String(secret, StandardCharsets.UTF_8);
        }

        @Override
        public byte[] unseal(String purpose, String sealed) throws SoleraException {
            String start = PREFIX + purpose + "/";
            if (!sealed.startsWith(start)) {
                throw new SoleraException(PlatformError.INTERNAL, "Sealed for something else.", "", null);
            }
            return sealed.substring(start.length()).getBytes(StandardCharsets.UTF_8);
        }
    }

    private static final class Mail implements SettingsSection {
        private Map<String, Object> checked = Map.of();
        private Map<String, Object> tested = Map.of();

        @Override
        public String id() {
            return "mail";
        }

        @Override
        public String title() {
            return "Mail";
        }

        @Override
        public String titleZh() {
            return "邮件";
        }

        @Override
        public String pid() {
            return "solera.mail";
        }

        @Override
        public List<SettingField> fields() {
            return List.of(
                    field("server", Type.TEXT, "", 0, 20),
                    field("port", Type.NUMBER, "25", 1, 65_535),
                    field("tls", Type.BOOLEAN, "true", 0, 0),
                    field("mode", Type.CHOICE, "a", 0, 0),
                    field("to", Type.LIST, "", 0, 3),
                    field("password", Type.SECRET, "", 8, 64));
        }

        private static SettingField field(String key, Type type, String otherwise, long min, long max) {
            List<String> options = type == Type.CHOICE ? List.of("a", "b") : List.of();
            return new SettingField(key, type, "Title of " + key, "", "", "", otherwise, min, max, options);
        }

        @Override
        public void check(Map<String, Object> values) throws SoleraException {
            checked = values;
            if (values.get("server").equals("evil")) {
                throw new SoleraException(PlatformError.INVALID_REQUEST, "Server (server) is evil.", "", null);
            }
        }

        @Override
        public boolean testable() {
            return true;
        }

        @Override
        public String test(Map<String, Object> values) {
            tested = values;
            return "Sent a mail.";
        }
    }

    @BeforeEach
    void open() {
        settings.bindSection(mail, Map.of());
        settings.bindSealer(new PlainSealer(), Map.of());
    }

    private Settings.State state() {
        return settings.section("mail").orElseThrow();
    }

    private Settings.State update(Map<String, ?> values) throws SoleraException {
        return settings.update("mail", values, state().version());
    }

    private static ErrorCode code(org.junit.jupiter.api.function.Executable call) {
        return assertThrows(SoleraException.class, call).code();
    }

    @Test
    void showsDefaultsUntilSomethingIsSet() {
        assertEquals(
                Map.of("server", "", "port", 25L, "tls", true, "mode", "a", "to", List.of(), "password", ""),
                state().values());
        assertEquals(List.of(), state().changed());
    }

    @Test
    void keepsEachValueInItsTypeAndSaysWhatWasSetByHand() throws SoleraException {
        Settings.State after =
                update(Map.of("server", "mx", "port", 465, "tls", false, "mode", "b", "to", List.of("a@b", "c@d")));
        assertEquals(List.of("mode", "port", "server", "tls", "to"), after.changed());
        assertEquals(465L, after.values().get("port"));
        assertEquals(List.of("a@b", "c@d"), after.values().get("to"));
        Hashtable<String, Object> stored = configurations.all.get("solera.mail");
        assertEquals(465L, stored.get("port"));
        assertEquals(false, stored.get("tls"));
        assertArrayEquals(new String[] {"a@b", "c@d"}, (Object[]) stored.get("to"));
        assertArrayEquals(new String[] {"mode", "port", "server", "tls", "to"}, (Object[])
                stored.get(ConfiguredSettings.BY_HAND));
    }

    @Test
    void sealsSecretsAndNeverGivesThemOut() throws SoleraException {
        Settings.State after = update(Map.of("password", "correct horse"));
        assertEquals(Edit.MASK, after.values().get("password"));
        assertEquals(
                "sealed:solera.mail.password/correct horse",
                configurations.all.get("solera.mail").get("password"));
        assertEquals("correct horse", mail.checked.get("password"));

        update(Map.of("password", Edit.MASK, "server", "mx"));
        assertEquals("correct horse", mail.checked.get("password"));
        assertEquals(Edit.MASK, state().values().get("password"));

        update(Map.of("password", ""));
        assertEquals("", state().values().get("password"));
        assertFalse(configurations.all.get("solera.mail").containsKey("password"));
    }

    @Test
    void goesBackToTheDefaultWithNull() throws SoleraException {
        update(Map.of("port", 465, "server", "mx"));
        Settings.State after = update(Collections.singletonMap("port", null));
        assertEquals(25L, after.values().get("port"));
        assertEquals(List.of("server"), after.changed());
        assertEquals(25L, mail.checked.get("port"));
    }

    @Test
    void refusesAStaleVersion() throws SoleraException {
        String before = state().version();
        update(Map.of("server", "one"));
        assertNotEquals(before, state().version());
        assertEquals(PlatformError.CONFLICT, code(() -> settings.update("mail", Map.of("server", "two"), before)));
        assertEquals("one", state().values().get("server"));
    }

    @Test
    void refusesValuesThatAreNotAllowedAndNamesThem() {
        Map<String, Object> wrong = new HashMap<>();
        wrong.put("server", "x".repeat(21));
        wrong.put("port", 0);
        wrong.put("tls", "yes");
        wrong.put("mode", "c");
        wrong.put("to", List.of("a", "b", "c", "d"));
        wrong.put("password", "short");
        wrong.put("unknown", 1);
        wrong.forEach((key, value) -> {
            SoleraException refused = assertThrows(SoleraException.class, () -> update(Map.of(key, value)));
            assertEquals(PlatformError.INVALID_REQUEST, refused.code());
            assertTrue(refused.getMessage().contains(key), refused.getMessage());
        });
        assertEquals(PlatformError.INVALID_REQUEST, code(() -> update(Map.of("port", 2.5))));
        assertEquals(PlatformError.INVALID_REQUEST, code(() -> update(Map.of("port", "25"))));
        assertEquals(PlatformError.INVALID_REQUEST, code(() -> update(Map.of("to", List.of(1)))));
        assertEquals(PlatformError.INVALID_REQUEST, code(() -> update(Map.of("server", "evil"))));
        assertEquals(PlatformError.NOT_FOUND, code(() -> settings.update("none", Map.of(), "")));
        assertTrue(configurations.updates.isEmpty());
    }

    @Test
    void takesNothingWhenTheDiskIsFull() {
        configurations.full = true;
        assertEquals(PlatformError.BUSY, code(() -> update(Map.of("server", "mx"))));
        assertEquals("", state().values().get("server"));
    }

    @Test
    void leavesAloneWhatOthersWrote() throws SoleraException {
        configurations.all.put("solera.mail", new Hashtable<>(Map.of("port", 587, "other", "x")));
        assertEquals(587L, state().values().get("port"));
        assertEquals(List.of(), state().changed());
        update(Map.of("server", "mx"));
        assertEquals(587, configurations.all.get("solera.mail").get("port"));
        assertEquals("x", configurations.all.get("solera.mail").get("other"));
        assertEquals(List.of("server"), state().changed());
    }

    @Test
    void triesValuesWithoutTakingThem() throws SoleraException {
        update(Map.of("password", "correct horse"));
        configurations.updates.clear();
        assertEquals("Sent a mail.", settings.test("mail", Map.of("server", "mx", "password", Edit.MASK)));
        assertEquals("mx", mail.tested.get("server"));
        assertEquals("correct horse", mail.tested.get("password"));
        assertTrue(configurations.updates.isEmpty());
    }

    @Test
    void checksZonesAndHostNames() throws SoleraException {
        new TimeSection().check(Map.of("zone", "Asia/Shanghai"));
        assertEquals(PlatformError.INVALID_REQUEST, code(() -> new TimeSection().check(Map.of("zone", "Mars/Base"))));
        NetworkSection network = new NetworkSection();
        for (String name : List.of("", "box", "solera.example.org", "10.0.0.7", "fd00::1")) {
            network.check(Map.of("hostName", name));
        }
        for (String name : List.of("https://box", "box:8443", "-box", "a..b", "box/x")) {
            assertEquals(PlatformError.INVALID_REQUEST, code(() -> network.check(Map.of("hostName", name))), name);
        }
    }
}
