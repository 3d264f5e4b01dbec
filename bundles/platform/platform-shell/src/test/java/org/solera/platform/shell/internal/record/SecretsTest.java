// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.shell.internal.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "config:property-set password TOPSECRET",
                "config:property-set -p my.pid mail.password TOPSECRET",
                "settings:set mail password=TOPSECRET",
                "settings:set oidc clientSecret='TOPSECRET x TOPSECRET'",
                "settings:set oidc \"clientSecret=TOPSECRET\"",
                "x:y --password TOPSECRET --other z",
                "x:y --password=TOPSECRET",
                "x:y --passphrase \"TOP\\\"SECRET TOPSECRET\"",
                "ssh:ssh -P TOPSECRET host",
                "x:y -p=TOPSECRET",
                "x:y PASSWORD TOPSECRET",
                "x:y apiToken=TOPSECRET",
                "echo solera_TOPSECRET0",
                "feature:repo-add http://anna:TOPSECRET@host/x",
                "x:y private-key = TOPSECRET",
                "each [1 2] { x:y secret TOPSECRET }"
            })
    void aSecretIsNeverLeft(String line) {
        String masked = Secrets.mask(line);
        assertFalse(masked.contains("SECRET0") || masked.contains("TOPSECRET"), masked);
        assertFalse(masked.contains("SECRET x"), masked);
    }

    @Test
    void whatIsNoSecretStays() {
        for (String line : new String[] {
            "users:password anna",
            "users:tokens anna",
            "users:token-create anna 'for the build'",
            "platform:password admin",
            "bundle:stop 12",
            "settings:set time zone=Asia/Shanghai"
        }) {
            assertEquals(line, Secrets.mask(line));
        }
    }
}
