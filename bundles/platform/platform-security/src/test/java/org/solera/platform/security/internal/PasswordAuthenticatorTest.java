// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.security.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.solera.platform.api.PlatformError;
import org.solera.platform.api.SoleraException;

class PasswordAuthenticatorTest {
    private static final String ORIGIN = "192.0.2.7";

    private final AtomicLong nanos = new AtomicLong();

    @TempDir
    private Path data;

    private Path state;

    @BeforeEach
    void makeFolder() throws IOException {
        state = Files.createDirectories(data.resolve("state/security"));
    }

    private PasswordAuthenticator authenticator() {
        return new PasswordAuthenticator(state, new FirstBootNote(data), nanos::get);
    }

    private String noted(String label) throws IOException {
        List<String> lines = Files.readAllLines(data.resolve("run/first-boot.txt"));
        return lines.stream()
                .filter(line -> line.startsWith(label + ": "))
                .map(line -> line.substring(label.length() + 2))
                .findFirst()
                .orElseThrow();
    }

    private static boolean logsIn(PasswordAuthenticator authenticator, String password) throws SoleraException {
        return authenticator
                .authenticate("admin", password.toCharArray(), ORIGIN)
                .isPresent();
    }

    @Test
    void theNotedPasswordLogsInNowAndAfterARestart() throws IOException, SoleraException {
        PasswordAuthenticator first = authenticator();
        String password = noted("admin password");
        assertEquals(20, password.length());
        assertTrue(logsIn(first, password));
        assertTrue(logsIn(first, password), "the remembered one");
        assertFalse(logsIn(first, password + "x"));
        assertTrue(logsIn(authenticator(), password));
    }

    @Test
    void secretsAreForTheApplianceOnlyAndThePasswordIsNotStored() throws IOException {
        PasswordAuthenticator unused = authenticator();
        for (Path file : List.of(state.resolve("accounts"), data.resolve("run/first-boot.txt"))) {
            assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        }
        assertFalse(Files.readString(state.resolve("accounts")).contains(noted("admin password")), unused.toString());
    }

    @Test
    void guessingIsSlowedDownButNotForWhoeverIsLoggedIn() throws IOException, SoleraException {
        PasswordAuthenticator authenticator = authenticator();
        String password = noted("admin password");
        assertTrue(logsIn(authenticator, password));
        for (int i = 0; i < 5; i++) {
            assertFalse(logsIn(authenticator, "wrong guess"));
        }
        SoleraException refusal = assertThrows(SoleraException.class, () -> logsIn(authenticator, "wrong guess"));
        assertEquals(PlatformError.BUSY, refusal.code());
        assertTrue(logsIn(authenticator, password));
        nanos.addAndGet(Duration.ofSeconds(2).toNanos());
        assertFalse(logsIn(authenticator, "wrong guess"));
    }

    @Test
    void aNewPasswordReplacesTheOldOneAtOnceForEveryVersion() throws IOException, SoleraException {
        PasswordAuthenticator old = authenticator();
        PasswordAuthenticator beside = authenticator();
        String password = noted("admin password");
        assertTrue(logsIn(beside, password));
        old.setPassword("admin", "a longer password".toCharArray());
        assertFalse(logsIn(beside, password));
        assertTrue(logsIn(beside, "a longer password"));
    }

    @Test
    void aShortPasswordAndAnUnknownAccountAreRefused() {
        PasswordAuthenticator authenticator = authenticator();
        assertEquals(
                PlatformError.INVALID_REQUEST,
                assertThrows(SoleraException.class, () -> authenticator.setPassword("admin", new char[11]))
                        .code());
        assertEquals(
                PlatformError.NOT_FOUND,
                assertThrows(SoleraException.class, () -> authenticator.setPassword("eve", new char[12]))
                        .code());
    }

    @Test
    void aDamagedAccountFileIsToldAndNotReplaced() throws IOException {
        Files.writeString(state.resolve("accounts"), "solera-accounts 1.0\nadmin OWNER\n");
        PasswordAuthenticator authenticator = authenticator();
        assertEquals(
                PlatformError.INTERNAL,
                assertThrows(SoleraException.class, () -> logsIn(authenticator, "whatever"))
                        .code());
    }

    @Test
    void theAccessKeyOfFirstBootIsNotedAndKept() throws IOException {
        FileAccessKeys keys = new FileAccessKeys(state, new FirstBootNote(data));
        String id = noted("access key");
        assertEquals(20, id.length());
        assertEquals(noted("secret key"), keys.find(id).orElseThrow().secret());
        assertEquals(
                noted("secret key"),
                new FileAccessKeys(state, new FirstBootNote(data))
                        .find(id)
                        .orElseThrow()
                        .secret());
        assertTrue(keys.find("somebody else").isEmpty());
    }
}
