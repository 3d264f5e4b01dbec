// SPDX-License-Identifier: Apache-2.0
package org.solera.bench.appliance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class CredentialsTest {
    @Test
    void readsWhatTheFirstBootPrints() throws IOException {
        Credentials credentials = Credentials.from("""
                Booting on /tmp/x ...
                First boot. These are shown once; keep them:
                  admin password: p-1
                  access key: AK
                  secret key: s/k+1
                """);
        assertEquals(new Credentials("admin", "p-1", "AK", "s/k+1"), credentials);
    }

    @Test
    void saysWhatIsMissing() {
        IOException failure =
                assertThrows(IOException.class, () -> Credentials.from("  admin password: p\n  access key: AK\n"));
        assertEquals("The first boot printed no secret key.", failure.getMessage());
    }

    @Test
    void keepsSecretsOutOfMessages() {
        assertEquals("Credentials[admin, AK]", new Credentials("admin", "p", "AK", "s").toString());
    }
}
