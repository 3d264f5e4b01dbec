// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.security.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
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
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.solera.platform.api.HealthReport.Status;
import org.solera.platform.api.SoleraException;

class ApplianceCertificateTest {
    private static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");

    @TempDir
    private Path data;

    private ApplianceCertificate at(Instant time) {
        return new ApplianceCertificate(new TestBox(data), Clock.fixed(time, ZoneOffset.UTC), new TestBox.Threads());
    }

    private CertificateFiles files() {
        return new CertificateFiles(data.resolve("state/security/tls"));
    }

    @Test
    void firstBootMakesACertificateThatTheNextBootKeeps() throws IOException {
        ApplianceCertificate first = at(NOW);
        try {
            assertTrue(first.describe().names().containsAll(List.of("localhost", "127.0.0.1")));
            assertEquals(NOW.plus(Duration.ofDays(397)), first.describe().notAfter());
            assertTrue(first.describe().ownCa());
            assertNotEquals(first.describe().subject(), first.describe().issuer());
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
            files().write(OwnAuthority.substitute(List.of("box.example"), NOW));
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
            files().write(OwnAuthority.substitute(List.of("box.example"), NOW));
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
        ApplianceCertificate soon = at(NOW.plus(Duration.ofDays(380)));
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
