// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.ldap.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.solera.platform.api.PlatformError;

class LdapSettingsTest {
    private static Map<String, Object> values(String... changes) {
        Map<String, Object> values = new HashMap<>(Map.of("url", "ldaps://ds", "userBase", "dc=example"));
        for (int at = 0; at < changes.length; at += 2) {
            values.put(changes[at], changes[at + 1]);
        }
        return values;
    }

    @Test
    void whatIsNotSetHasItsDefault() throws Exception {
        LdapSettings settings = LdapSettings.of(values());
        assertEquals(List.of(new LdapAddress(true, "ds", 636)), settings.addresses());
        assertTrue(settings.startTls());
        assertEquals("uid", settings.attributes().name());
        assertEquals(5000, settings.limit().toMillis());
    }

    @Test
    void withoutAnAddressThereIsNoDirectory() {
        assertFalse(LdapSettings.configured(Map.of()));
        assertFalse(LdapSettings.configured(Map.of("url", " ")));
        assertTrue(LdapSettings.configured(values()));
    }

    @Test
    void severalAddressesStandBesideEachOther() throws Exception {
        assertEquals(
                "[ldaps://ds:636, ldap://[::1]:1389, ldap://10.0.0.1:389]",
                LdapSettings.of(values("url", "ldaps://ds ldap://[::1]:1389  LDAP://10.0.0.1/"))
                        .addresses()
                        .toString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "url|http://ds",
                "url|ldap://ds/dc=example",
                "url|ldap://user@ds",
                "url|ldap://",
                "url|ldap://ds:99999",
                "url|ds",
                "userBase|people",
                "bindDn|searcher",
                "bindDn|cn=a",
                "userFilter|(uid=alice)",
                "userFilter|(uid={name}",
                "groupFilter|(objectClass=*)",
                "nameAttribute|''",
                "caPem|none"
            })
    void aValueThatIsNoneIsNamed(String key, String value) {
        DirectoryException refused =
                assertThrows(DirectoryException.class, () -> LdapSettings.of(values(key, value)), key);
        assertEquals(PlatformError.INVALID_REQUEST, refused.code());
        assertTrue(refused.getMessage().contains(key), refused.getMessage());
    }

    @Test
    void whatComesFromOutsideIsEscapedAndPutInOnce() throws Exception {
        LdapSettings settings = LdapSettings.of(values("groupFilter", "(|(member={dn})(memberUid={name}))"));
        assertEquals(
                "(|(member=cn=\\28x\\29{name},dc=\\2a)(memberUid=\\5c{dn}))",
                settings.groupsOf("cn=(x){name},dc=*", "\\{dn}").toString());
    }

    @Test
    void noSecretIsShown() throws Exception {
        assertFalse(LdapSettings.of(values("bindDn", "cn=a", "bindPassword", "hidden"))
                .toString()
                .contains("hidden"));
    }
}
