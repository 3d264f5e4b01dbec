// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.ldap.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.solera.platform.api.HealthReport;
import org.solera.platform.api.access.ExternalPerson;

/** Against OpenLDAP's server. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class LdapDirectoryTest {
    private static final String PASSWORD = "correct horse battery";
    private static final String PEOPLE = "ou=people," + Slapd.SUFFIX;

    @TempDir
    static Path folder;

    private static Slapd slapd;
    private final ThreadPoolExecutor pool =
            new ThreadPoolExecutor(2, 2, 1, TimeUnit.MINUTES, new ArrayBlockingQueue<>(2));

    @BeforeAll
    static void start() throws Exception {
        slapd = new Slapd(folder);
    }

    @AfterAll
    static void stop() throws Exception {
        slapd.close();
    }

    @AfterEach
    void close() {
        pool.shutdownNow();
    }

    private static Map<String, Object> values() throws IOException {
        Map<String, Object> values = new HashMap<>();
        values.put("url", "ldap://127.0.0.1:" + slapd.port);
        values.put("bindDn", Slapd.SEARCH_DN);
        values.put("bindPassword", Slapd.SEARCH_PASSWORD);
        values.put("userBase", PEOPLE);
        values.put("groupBase", "ou=groups," + Slapd.SUFFIX);
        values.put("caPem", slapd.certificates.issuerPem());
        return values;
    }

    private LdapDirectory directory(Object... changes) throws Exception {
        Map<String, Object> values = values();
        for (int at = 0; at < changes.length; at += 2) {
            values.put((String) changes[at], changes[at + 1]);
        }
        return new LdapDirectory(LdapSettings.of(values), pool);
    }

    private static Optional<ExternalPerson> check(LdapDirectory directory, String name, String password)
            throws DirectoryException {
        return directory.check(name, password.toCharArray());
    }

    private static LdapError failure(LdapDirectory directory) {
        return (LdapError) assertThrows(DirectoryException.class, () -> check(directory, "alice", PASSWORD))
                .code();
    }

    @Test
    void aRightPasswordTellsThePersonAndItsGroups() throws Exception {
        ExternalPerson alice = check(directory(), "alice", PASSWORD).orElseThrow();
        assertEquals("ldap", alice.source());
        assertEquals("uid=alice," + PEOPLE, alice.subject());
        assertEquals("alice", alice.name());
        assertEquals("Alice Example", alice.displayName());
        assertEquals("alice.example@example.org", alice.email());
        String operators = "cn=Operators,ou=groups," + Slapd.SUFFIX;
        String photographers = "cn=Photographers,ou=groups," + Slapd.SUFFIX;
        assertEquals(
                java.util.Set.of(
                        operators,
                        operators.toLowerCase(java.util.Locale.ROOT),
                        photographers,
                        photographers.toLowerCase(java.util.Locale.ROOT),
                        "Operators",
                        "Photographers"),
                alice.groups());
    }

    @Test
    void groupsComeFromThePersonAloneWhenNoneAreSearched() throws Exception {
        ExternalPerson alice =
                check(directory("groupBase", ""), "alice", PASSWORD).orElseThrow();
        assertTrue(alice.groups().contains("cn=Operators,ou=groups," + Slapd.SUFFIX), alice.toString());
        assertFalse(alice.groups().contains("Photographers"), alice.toString());
    }

    @Test
    void groupsComeFromTheSearchAloneWhenTheAttributeIsNotRead() throws Exception {
        ExternalPerson alice = check(
                        directory("groupAttribute", "", "groupFilter", "(member={dn})", "groupNameAttribute", ""),
                        "alice",
                        PASSWORD)
                .orElseThrow();
        assertEquals(2, alice.groups().size(), alice.toString());
    }

    @Test
    void whatNeverChangesOfAPersonCanBeAnAttribute() throws Exception {
        String id = check(directory("idAttribute", "entryUUID"), "alice", PASSWORD)
                .orElseThrow()
                .subject();
        assertTrue(id.matches("[0-9a-f-]{36}"), id);
    }

    @Test
    void aNameIsToldAsTheDirectoryWritesIt() throws Exception {
        assertEquals(
                "alice", check(directory(), "  ALICE ", PASSWORD).orElseThrow().name());
    }

    @Test
    void aWrongPasswordAnUnknownNameAndAnEntryWithoutPasswordAreRefused() throws Exception {
        assertTrue(check(directory(), "alice", "wrong").isEmpty());
        assertTrue(check(directory(), "nobody", PASSWORD).isEmpty());
        assertTrue(check(directory(), "nopassword", PASSWORD).isEmpty());
    }

    /** The server of this test says yes to a bind without a password. */
    @Test
    void anEmptyPasswordIsRefusedWhateverTheDirectorySays() throws Exception {
        assertTrue(check(directory(), "alice", "").isEmpty());
        try (Connection connection = new Connection(LdapSettings.of(values()))) {
            connection.connect();
            assertFalse(connection.opens("uid=alice," + PEOPLE, new byte[0]));
            assertFalse(connection.opens("", PASSWORD.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "al*", "alice)(uid=*", "*)(uid=*))(|(uid=*", "alice\\2a", "alice\u0000", "{dn}", " "})
    void aNameCannotChangeTheFilter(String name) throws Exception {
        assertTrue(check(directory(), name, PASSWORD).isEmpty());
    }

    @Test
    void aNameMayHoldTheSignsOfFilters() throws Exception {
        ExternalPerson person =
                check(directory(), "o(brien)*", "an odd name has it").orElseThrow();
        assertEquals("o(brien)*", person.name());
    }

    @Test
    void aNameOfTwoPeopleIsAFaultOfTheSettings() throws Exception {
        LdapDirectory directory = directory();
        DirectoryException failure =
                assertThrows(DirectoryException.class, () -> check(directory, "twin", "twins are alike"));
        assertEquals(LdapError.DIRECTORY_MISMATCH, failure.code());
    }

    @Test
    void theAccountThatSearchesHasToBeRight() throws Exception {
        assertEquals(LdapError.DIRECTORY_MISMATCH, failure(directory("bindPassword", "wrong")));
        assertEquals(
                LdapError.DIRECTORY_MISMATCH, failure(directory("bindDn", "", "bindPassword", ""))); // may not read
    }

    @Test
    void certificatesAreChecked() throws Exception {
        String tls = "ldaps://127.0.0.1:" + slapd.tlsPort;
        assertTrue(check(directory("url", tls), "alice", PASSWORD).isPresent());
        assertEquals(LdapError.DIRECTORY_UNAVAILABLE, failure(directory("url", tls, "caPem", "")));
        String stranger = slapd.certificates.stranger;
        assertEquals(LdapError.DIRECTORY_UNAVAILABLE, failure(directory("url", tls, "caPem", stranger)));
        assertEquals(LdapError.DIRECTORY_UNAVAILABLE, failure(directory("caPem", stranger))); // by StartTLS
    }

    @Test
    void theCertificateHasToNameTheHost() throws Exception {
        for (String url : List.of("ldaps://localhost:" + slapd.tlsPort, "ldap://localhost:" + slapd.port)) {
            LdapDirectory directory = directory("url", url);
            DirectoryException failure =
                    assertThrows(DirectoryException.class, () -> check(directory, "alice", PASSWORD));
            assertTrue(failure.getMessage().contains("localhost"), failure.getMessage());
        }
        assertTrue(check(
                        directory("url", "ldap://localhost:" + slapd.port, "startTls", false, "caPem", ""),
                        "alice",
                        PASSWORD)
                .isPresent());
    }

    @Test
    void theNextAddressIsTakenWhenOneDoesNotAnswer() throws Exception {
        assertTrue(check(directory("url", "ldap://127.0.0.1:1 ldap://127.0.0.1:" + slapd.port), "alice", PASSWORD)
                .isPresent());
    }

    @Test
    void aServerThatNeverAnswersEndsInTimeAndHoldsNoThread() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            for (String scheme : List.of("ldap", "ldaps")) {
                LdapDirectory directory =
                        directory("url", scheme + "://127.0.0.1:" + silent.getLocalPort(), "timeoutMillis", 500L);
                assertEquals(LdapError.DIRECTORY_UNAVAILABLE, failure(directory));
                assertEquals(LdapError.DIRECTORY_UNAVAILABLE, failure(directory));
            }
            Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> pool.getActiveCount() == 0);
        }
    }

    @Test
    void moreChecksThanMayWaitAreRefused() throws Exception {
        ExecutorService callers = Executors.newFixedThreadPool(8);
        try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            LdapDirectory directory =
                    directory("url", "ldap://127.0.0.1:" + silent.getLocalPort(), "timeoutMillis", 1000L);
            List<Future<String>> codes = new ArrayList<>();
            for (int caller = 0; caller < 8; caller++) {
                codes.add(callers.submit(
                        () -> assertThrows(DirectoryException.class, () -> check(directory, "alice", PASSWORD))
                                .code()
                                .name()));
            }
            int busy = 0;
            for (Future<String> code : codes) {
                busy += code.get().equals("BUSY") ? 1 : 0;
            }
            assertEquals(4, busy); // two at work, two wait
        } finally {
            callers.shutdownNow();
        }
    }

    @Test
    void aDirectoryThatGoesAwayIsToldAndComesBack() throws Exception {
        LdapDirectory directory = directory();
        ExecutorService probes = Executors.newSingleThreadExecutor();
        Instant[] now = {Instant.parse("2026-03-01T00:00:00Z")};
        DirectoryHealth health = new DirectoryHealth(directory, probes, clock(now));
        try {
            slapd.stop();
            assertEquals(LdapError.DIRECTORY_UNAVAILABLE, failure(directory));
            Awaitility.await().until(() -> status(health, now) == HealthReport.Status.DEGRADED);
            assertTrue(
                    health.check().detail().contains("127.0.0.1"),
                    health.check().detail());
            slapd.start();
            Awaitility.await().until(() -> status(health, now) == HealthReport.Status.UP);
            assertTrue(check(directory, "alice", PASSWORD).isPresent());
        } finally {
            probes.shutdownNow();
        }
    }

    private static HealthReport.Status status(DirectoryHealth health, Instant[] now) {
        now[0] = now[0].plusSeconds(31);
        return health.check().status();
    }

    private static Clock clock(Instant[] now) {
        return new Clock() {
            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return now[0];
            }
        };
    }

    @Test
    void aTestOfTheSettingsSaysWhatItFound() throws Exception {
        String found = directory().test();
        assertTrue(found.contains("5 entries"), found);
        assertFalse(found.contains("unencrypted"), found);
        assertTrue(directory("startTls", false).test().contains("unencrypted"));
        LdapDirectory elsewhere = directory("userBase", "ou=nowhere," + Slapd.SUFFIX);
        assertThrows(DirectoryException.class, elsewhere::test);
    }
}
