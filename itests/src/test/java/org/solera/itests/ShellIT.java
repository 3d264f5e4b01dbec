// SPDX-License-Identifier: Apache-2.0
package org.solera.itests;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.rmi.RemoteException;
import java.time.Duration;
import java.util.List;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.keyverifier.AcceptAllServerKeyVerifier;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.config.keys.FilePasswordProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.solera.bench.appliance.ApplianceBox;

@ExtendWith(SharedAppliance.class)
class ShellIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final SshClient client = SshClient.setUpDefaultClient();

    @BeforeEach
    void start() {
        client.setServerKeyVerifier(AcceptAllServerKeyVerifier.INSTANCE);
        client.setFilePasswordProvider(FilePasswordProvider.EMPTY);
        client.setKeyIdentityProvider(session -> List.of());
        client.start();
    }

    @AfterEach
    void stop() {
        client.stop();
    }

    private ClientSession login(ApplianceBox box, String name, String password) throws IOException {
        ClientSession session = client.connect(name, ApplianceBox.HOST, box.shellPort())
                .verify(LIMIT)
                .getSession();
        session.addPasswordIdentity(password);
        session.auth().verify(LIMIT);
        return session;
    }

    private String run(ApplianceBox box, String command) throws IOException {
        try (ClientSession session = login(box, "admin", box.credentials().password())) {
            return session.executeRemoteCommand(command);
        }
    }

    @Test
    void theAdministratorSeesHealthAndUsage(ApplianceBox box) throws IOException {
        assertTrue(run(box, "platform:health").contains("storage"));
        assertFalse(run(box, "storage:usage").isBlank());
    }

    @Test
    void aWrongPasswordIsRefused(ApplianceBox box) {
        assertThrows(IOException.class, () -> login(box, "admin", "wrong"));
    }

    @Test
    void anEngineerChangesNoSettingThatDecidesWhoComesIn(ApplianceBox box) throws IOException {
        String password;
        try (RawRest owner = TestPeople.owner(box)) {
            password = TestPeople.person(box, owner, "shell-engineer", "ENGINEER");
        }
        assertTrue(said(box, password, "settings:set ldap startTls=true").contains("owners alone"));
        assertTrue(said(box, password, "settings:set time zone=UTC").contains("Changed in time"));
        assertFalse(said(box, password, "users:list").contains("shell-engineer"));
        assertTrue(run(box, "settings:get ldap").contains("startTls"));
    }

    /** {@return what a command of the engineer says, whether it succeeds or not} */
    private String said(ApplianceBox box, String password, String command) throws IOException {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        try (ClientSession session = login(box, "shell-engineer", password)) {
            session.executeRemoteCommand(command, text, text, StandardCharsets.UTF_8);
        } catch (RemoteException failed) {
            return text.toString(StandardCharsets.UTF_8) + failed.getMessage();
        }
        return text.toString(StandardCharsets.UTF_8);
    }
}
