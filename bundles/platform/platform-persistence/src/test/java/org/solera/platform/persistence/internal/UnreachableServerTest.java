// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.persistence.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.solera.bench.appliance.PostgresServer;
import org.solera.platform.api.HealthReport;
import org.solera.platform.api.PlatformError;
import org.solera.platform.api.SoleraException;
import org.solera.platform.persistence.api.Database;

/** A server that is away, hangs, or comes back. */
class UnreachableServerTest {
    @TempDir
    Path folder;

    @Test
    void aServerThatTakesConnectionsAndNeverAnswersHoldsNobody() throws IOException {
        try (ServerSocket mute = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            String url = "jdbc:postgresql://127.0.0.1:" + mute.getLocalPort() + "/solera";
            NoteUnit unit = new NoteUnit();
            long start = System.nanoTime();
            DatabaseBox box = DatabaseBox.server(folder, url, "solera", "x");
            box.add(unit);
            assertTrue(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start) < 1_000);
            HealthReport report = box.settled();
            assertEquals(HealthReport.Status.DEGRADED, report.status());
            assertNull(box.database(unit));
            assertEquals(
                    PlatformError.BUSY,
                    assertThrows(SoleraException.class, () -> box.backup().write(new java.io.ByteArrayOutputStream()))
                            .code());
            long stop = System.nanoTime();
            box.close();
            assertTrue(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - stop) < 11_000);
        }
    }

    @Test
    void callsOfAServerThatHangsEndInTimeAndWorkWhenItGoesOn() throws Exception {
        try (PostgresServer server = PostgresServer.start();
                DatabaseBox box = DatabaseBox.server(folder, server.url(), server.user(), server.password())) {
            Database database = box.serve(new NoteUnit());
            DatabaseCase.add(database, "before");
            server.hang();
            for (int i = 0; i < 6; i++) {
                long start = System.nanoTime();
                String label = "hung" + i;
                SoleraException failure = assertThrows(SoleraException.class, () -> DatabaseCase.add(database, label));
                long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
                assertEquals(PlatformError.BUSY, failure.code());
                assertTrue(millis < 7_500, "took " + millis + " ms");
            }
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> box.persistence().check().status() == HealthReport.Status.DEGRADED);
            server.goOn();
            works(database, "after");
            assertTrue(DatabaseCase.labels(database).containsAll(List.of("before", "after")));
        }
    }

    private static void works(Database database, String label) {
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> {
            try {
                DatabaseCase.add(database, label);
                return true;
            } catch (SoleraException notYet) {
                assertEquals(PlatformError.BUSY, notYet.code());
                return false;
            }
        });
    }

    @Test
    void aServerThatIsAwayAtTheStartIsTakenWhenItComesAndAgainAfterACut() throws Exception {
        try (PostgresServer server = PostgresServer.start()) {
            server.cut();
            NoteUnit unit = new NoteUnit();
            try (DatabaseBox box = DatabaseBox.server(folder, server.url(), server.user(), server.password())) {
                box.add(unit);
                assertEquals(HealthReport.Status.DEGRADED, box.settled().status());
                assertNull(box.database(unit));
                server.restart();
                Database database = box.await(unit);
                works(database, "one");
                server.cut();
                assertEquals(
                        PlatformError.BUSY,
                        assertThrows(SoleraException.class, () -> DatabaseCase.labels(database))
                                .code());
                server.restart();
                works(database, "two");
                assertEquals(List.of("one", "two"), DatabaseCase.labels(database));
                Awaitility.await()
                        .atMost(Duration.ofSeconds(30))
                        .until(() -> box.persistence().check().status() == HealthReport.Status.UP);
            }
        }
    }

    @Test
    void aWrongPasswordIsSaidAndTriedAgain() throws Exception {
        try (PostgresServer server = PostgresServer.start();
                DatabaseBox box = DatabaseBox.server(folder, server.url(), server.user(), "wrong")) {
            HealthReport report = box.settled();
            assertEquals(HealthReport.Status.DEGRADED, report.status());
            assertTrue(report.detail().contains("password authentication failed"), report.detail());
        }
    }
}
