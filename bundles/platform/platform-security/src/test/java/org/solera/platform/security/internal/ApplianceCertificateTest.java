// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.security.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.solera.platform.api.Appliance;
import org.solera.platform.api.HealthReport.Status;
import org.solera.platform.api.NamedExecutors;
import org.solera.platform.api.SoleraException;

class ApplianceCertificateTest {
    private static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");

    @TempDir
    private Path data;

    private record Folder(Path dataDirectory) implements Appliance {
        @Override
        public Path stateDirectory(String domain) {
            return dataDirectory.resolve("state").resolve(domain);
        }

        @Override
        public Path cacheDirectory(String domain) {
            return dataDirectory.resolve("cache").resolve(domain);
        }

        @Override
        public List<Path> drives() {
            return List.of();
        }

        @Override
        public InetAddress bindAddress() {
            return InetAddress.getLoopbackAddress();
        }

        @Override
        public int portOffset() {
            return 0;
        }

        @Override
        public String version() {
            return "1.0.0";
        }
    }

    private static final class Threads implements NamedExecutors {
        @Override
        public ExecutorService open(String domain, String purpose, int threads, int queue) {
            return Executors.newFixedThreadPool(threads);
        }

        @Override
        public ScheduledExecutorService openScheduler(String domain, String purpose) {
            return Executors.newSingleThreadScheduledExecutor();
        }
    }

    private ApplianceCertificate at(Instant time) {
        return new ApplianceCertificate(new Folder(data), Clock.fixed(time, ZoneOffset.UTC), new Threads());
    }

    private CertificateFiles files() {
        return new CertificateFiles(data.resolve("state/security/tls"));
    }

    @Test
    void firstBootMakesACertificateThatTheNextBootKeeps() throws IOException {
        ApplianceCertificate first = at(NOW);
        try {
            assertTrue(first.describe().names().containsAll(List.of("localhost", "127.0.0.1")));
            assertEquals(NOW.plus(Duration.ofDays(825)), first.describe().notAfter());
            assertEquals(first.describe().subject(), first.describe().issuer());
            Path key = data.resolve("state/security/tls/key.pem");
            assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(key)));
            ApplianceCertificate second = at(NOW);
            assertEquals(first.describe().sha256(), second.describe().sha256());
            second.close();
        } finally {
            first.close();
        }
    }

    @Test
    void aReplacedCertificateIsUsedWithoutARestart() throws IOException, GeneralSecurityException {
        ApplianceCertificate certificate = at(NOW);
        try {
            SSLContext before = certificate.sslContext();
            certificate.look();
            assertSame(before, certificate.sslContext(), "nothing was replaced");
            files().write(SelfSigned.make("box.example", Set.of(), NOW));
            changedAt(NOW.plusSeconds(5));
            certificate.look();
            assertNotSame(before, certificate.sslContext());
            assertTrue(certificate.describe().names().contains("box.example"));
        } finally {
            certificate.close();
        }
    }

    @Test
    void aKeyThatDoesNotBelongToTheCertificateIsRefusedAndTheOldOneStays()
            throws IOException, GeneralSecurityException {
        ApplianceCertificate certificate = at(NOW);
        try {
            SSLContext before = certificate.sslContext();
            Path folder = data.resolve("state/security/tls");
            String foreign = Files.readString(folder.resolve("certificate.pem"));
            files().write(SelfSigned.make("box.example", Set.of(), NOW));
            Files.writeString(folder.resolve("certificate.pem"), foreign);
            assertThrows(SoleraException.class, certificate::reload);
            assertSame(before, certificate.sslContext());
            assertEquals(Status.DEGRADED, certificate.check().status());
        } finally {
            certificate.close();
        }
    }

    @Test
    void anExpiringAndAnExpiredCertificateAreReportedAndStillUsed() {
        at(NOW).close();
        ApplianceCertificate soon = at(NOW.plus(Duration.ofDays(800)));
        ApplianceCertificate late = at(NOW.plus(Duration.ofDays(900)));
        try {
            assertEquals(Status.DEGRADED, soon.check().status());
            assertEquals(Status.DEGRADED, late.check().status());
            assertNotEquals(soon.check().detail(), late.check().detail());
            assertTrue(late.check().detail().contains("expired"));
        } finally {
            soon.close();
            late.close();
        }
    }

    private void changedAt(Instant time) throws IOException {
        Files.setLastModifiedTime(data.resolve("state/security/tls/key.pem"), FileTime.from(time));
    }
}
