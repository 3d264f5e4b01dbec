// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.security.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.solera.platform.api.PlatformError;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.access.AccountRow;
import org.solera.platform.api.access.Sessions.Outcome;
import org.solera.platform.api.access.ThrottledException;

class SecondFactorsTest {
    private final MovingClock clock = new MovingClock();
    private final MemoryStore store = new MemoryStore();
    private TestPeople people;

    @TempDir
    private Path data;

    @BeforeEach
    void start() {
        people = TestPeople.at(data, clock).with(store);
    }

    @AfterEach
    void stop() {
        people.close();
    }

    /** The codes that an authenticator app shows. */
    private record App(byte[] secret) {
        static App of(String address) {
            String text = address.replaceAll(".*[?&]secret=([A-Z2-7]+).*", "$1");
            byte[] secret = new byte[text.length() * 5 / 8];
            int buffer = 0;
            int bits = 0;
            int at = 0;
            for (char each : text.toCharArray()) {
                buffer = (buffer << 5) | "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(each);
                bits += 5;
                if (bits >= 8) {
                    bits -= 8;
                    secret[at++] = (byte) (buffer >> bits);
                }
            }
            return new App(secret);
        }

        String code(MovingClock clock, long steps) {
            return Totp.code(secret, clock.instant().getEpochSecond() / 30 + steps, 6);
        }
    }

    private App enrol(String name) throws SoleraException {
        App app = App.of(people.users.beginSecondFactor(name));
        assertEquals(
                10, people.users.confirmSecondFactor(name, app.code(clock, 0)).size());
        clock.advance(Duration.ofSeconds(30));
        return app;
    }

    @Test
    void codesAreThoseOfTheStandard() {
        byte[] secret = "12345678901234567890".getBytes(StandardCharsets.US_ASCII);
        Map<Long, String> vectors = Map.of(
                59L, "94287082",
                1111111109L, "07081804",
                1111111111L, "14050471",
                1234567890L, "89005924",
                2000000000L, "69279037",
                20000000000L, "65353130");
        vectors.forEach((seconds, code) -> assertEquals(code, Totp.code(secret, seconds / 30, 8)));
        assertEquals("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", Totp.base32(secret));
        assertEquals("MZXW6YQ", Totp.base32("foob".getBytes(StandardCharsets.US_ASCII)));
        assertEquals("MY", Totp.base32(HexFormat.of().parseHex("66")));
    }

    @Test
    void signInAsksForTheCodeAndTakesEachOnce() throws SoleraException {
        people.make("olga");
        String address = people.users.beginSecondFactor("olga");
        assertTrue(address.startsWith("otpauth://totp/Solera:olga?secret="), address);
        assertInstanceOf(Outcome.SignedIn.class, people.tryToSignIn("olga", TestPeople.PASSWORD, ""), "not yet");
        App app = App.of(address);
        assertThrows(SoleraException.class, () -> people.users.confirmSecondFactor("olga", "000000"));
        people.users.confirmSecondFactor("olga", app.code(clock, 0));
        assertTrue(people.users.user("olga").orElseThrow().secondFactor());
        assertInstanceOf(Outcome.SecondFactorNeeded.class, people.tryToSignIn("olga", TestPeople.PASSWORD, ""));
        assertInstanceOf(Outcome.Refused.class, people.tryToSignIn("olga", "wrong guess", app.code(clock, 1)));
        assertInstanceOf(
                Outcome.Refused.class,
                people.tryToSignIn("olga", TestPeople.PASSWORD, app.code(clock, 0)),
                "the code that confirmed it is used up");
        clock.advance(Duration.ofSeconds(30));
        String code = app.code(clock, 0);
        assertInstanceOf(Outcome.SignedIn.class, people.tryToSignIn("olga", TestPeople.PASSWORD, code));
        assertInstanceOf(Outcome.Refused.class, people.tryToSignIn("olga", TestPeople.PASSWORD, code), "replay");
        assertInstanceOf(
                Outcome.Refused.class,
                people.tryToSignIn("olga", TestPeople.PASSWORD, app.code(clock, -1)),
                "an older code after a newer one");
        assertInstanceOf(Outcome.SignedIn.class, people.tryToSignIn("olga", TestPeople.PASSWORD, app.code(clock, 1)));
        assertInstanceOf(Outcome.Refused.class, people.tryToSignIn("olga", TestPeople.PASSWORD, app.code(clock, 2)));
    }

    @Test
    void aCodeUsedWhileTheDatabaseWasAwayIsRefusedAfterARestart() throws SoleraException {
        App app = enrol("admin");
        store.away = true;
        String code = app.code(clock, 0);
        assertInstanceOf(Outcome.SignedIn.class, people.tryToSignIn("admin", TestPeople.FIRST, code));
        people.close();
        store.away = false;
        people = TestPeople.at(data, clock);
        assertInstanceOf(Outcome.Refused.class, people.tryToSignIn("admin", TestPeople.FIRST, code), "local copy");
        people.with(store);
        assertInstanceOf(Outcome.Refused.class, people.tryToSignIn("admin", TestPeople.FIRST, code), "database");
        clock.advance(Duration.ofSeconds(20));
        people.book.tick();
        assertTrue(store.rows(AccountRow.UserRow.class).get(0).lastCode() > 0);
    }

    @Test
    void aChangeAtTheSameTimeDoesNotBringACodeBack() {
        AccountRow.UserRow row = row(5, "a", "b");
        AccountRow.UserRow used = row(7, "b");
        AccountRow.UserRow merged = (AccountRow.UserRow) LaterFields.merge(row, used);
        assertEquals(7, merged.lastCode());
        assertEquals(java.util.Set.of("b"), merged.recovery());
    }

    private static AccountRow.UserRow row(long lastCode, String... recovery) {
        return new AccountRow.UserRow(
                TestPeople.user("olga"), "", "p", "factor", "", lastCode, java.util.Set.of(recovery));
    }

    @Test
    void aRecoveryCodeIsGoodOnce() throws SoleraException {
        App app = App.of(people.users.beginSecondFactor("admin"));
        List<String> codes = people.users.confirmSecondFactor("admin", app.code(clock, 0));
        String code = codes.get(3);
        assertInstanceOf(
                Outcome.SignedIn.class,
                people.tryToSignIn("admin", TestPeople.FIRST, code.toUpperCase(java.util.Locale.ROOT)));
        assertInstanceOf(Outcome.Refused.class, people.tryToSignIn("admin", TestPeople.FIRST, code));
        assertInstanceOf(Outcome.SignedIn.class, people.tryToSignIn("admin", TestPeople.FIRST, codes.get(4)));
        assertFalse(store.rows(AccountRow.UserRow.class).get(0).recovery().contains(code), "hashed");
    }

    @Test
    void guessingCodesIsSlowedDownEvenWithTheRightPassword() throws SoleraException {
        App app = enrol("admin");
        for (int i = 0; i < 5; i++) {
            assertInstanceOf(Outcome.Refused.class, people.tryToSignIn("admin", TestPeople.FIRST, "00000" + i));
        }
        assertThrows(ThrottledException.class, () -> people.tryToSignIn("admin", TestPeople.FIRST, "000009"));
        assertThrows(
                ThrottledException.class,
                () -> people.tryToSignIn("admin", TestPeople.FIRST, app.code(clock, 0)),
                "the right one has to wait as well");
        clock.advance(Duration.ofMinutes(1));
        assertInstanceOf(Outcome.SignedIn.class, people.tryToSignIn("admin", TestPeople.FIRST, app.code(clock, 0)));
    }

    @Test
    void thePasswordAloneOpensNeitherBasicNorTheShell() throws SoleraException {
        App app = enrol("admin");
        SoleraException refused = assertThrows(SoleraException.class, () -> people.basic("admin", TestPeople.FIRST));
        assertEquals(PlatformError.UNAUTHENTICATED, refused.code());
        assertTrue(refused.nextAction().contains("token"), refused.nextAction());
        assertThrows(SoleraException.class, () -> shell(TestPeople.FIRST), "no code");
        String code = app.code(clock, 0);
        assertFalse(shell(TestPeople.FIRST + " 000000"));
        assertFalse(shell("wrong guess " + code));
        assertTrue(shell(TestPeople.FIRST + " " + code));
        assertFalse(shell(TestPeople.FIRST + " " + code), "replay");
        assertFalse(people.basic("admin", TestPeople.FIRST + " " + app.code(clock, 1)), "the shell only");
        assertThrows(SoleraException.class, () -> people.users.beginSecondFactor("admin"), "one is in force");
        people.users.removeSecondFactor("admin");
        assertTrue(people.basic("admin", TestPeople.FIRST));
        assertTrue(shell(TestPeople.FIRST));
    }

    private boolean shell(String password) throws SoleraException {
        return people.authenticator
                .authenticate("admin", password.toCharArray(), "ssh")
                .isPresent();
    }
}
