// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.security.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringReader;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequest;
import org.bouncycastle.util.io.pem.PemReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.solera.platform.api.HealthReport.Status;
import org.solera.platform.api.PlatformError;
import org.solera.platform.api.ServerCertificate.Description;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.audit.AuditEvent;

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

    private static void refused(ApplianceCertificate certificate, String word, String chain, String key) {
        String before = certificate.describe().sha256();
        SoleraException refusal = assertThrows(SoleraException.class, () -> certificate.install(chain, key));
        assertEquals(PlatformError.INVALID_REQUEST, refusal.code());
        assertTrue(String.valueOf(refusal.getMessage()).contains(word), refusal.getMessage());
        assertEquals(before, certificate.describe().sha256());
    }

    @Test
    void theOwnAuthoritySignsWhatAClientThatTrustsItAccepts() throws Exception {
        ApplianceCertificate certificate = at(Instant.now());
        try {
            X509Certificate authority =
                    Pem.certificates(certificate.authority().orElseThrow()).get(0);
            List<X509Certificate> chain =
                    Pem.certificates(Files.readString(data.resolve("state/security/tls/certificate.pem")));
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            trusted.setCertificateEntry("ca", authority);
            TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
            factory.init(trusted);
            ((X509TrustManager) factory.getTrustManagers()[0])
                    .checkServerTrusted(chain.toArray(X509Certificate[]::new), "ECDHE_ECDSA");
            assertEquals(2, chain.size());
            assertEquals(0, authority.getBasicConstraints(), "signs servers, no further authorities");
            assertEquals(-1, chain.get(0).getBasicConstraints());
        } finally {
            certificate.close();
        }
    }

    @Test
    void theOwnCertificateIsRenewedThirtyDaysBeforeItsEndUnderTheSameAuthority() throws SoleraException {
        ApplianceCertificate first = at(NOW);
        Description renewed = first.renew(List.of("box.example", "192.0.2.9"));
        assertTrue(renewed.names().containsAll(List.of("box.example", "192.0.2.9", "localhost")));
        String authority = first.authority().orElseThrow();
        first.close();
        ApplianceCertificate early = at(NOW.plus(Duration.ofDays(366)));
        early.look();
        assertEquals(renewed.sha256(), early.describe().sha256());
        early.close();
        List<AuditEvent> noted = new ArrayList<>();
        ApplianceCertificate late = at(NOW.plus(Duration.ofDays(368)));
        late.bindAudit(new NotedAudit(noted));
        late.look();
        assertNotEquals(renewed.sha256(), late.describe().sha256());
        assertTrue(late.describe().names().contains("box.example"), "a renewal loses no name");
        assertEquals(renewed.names(), late.describe().names(), "and has none twice");
        assertEquals("2001:db8:0:0:0:0:0:1", MachineNames.folded("2001:DB8::1%eth0"));
        assertEquals(authority, late.authority().orElseThrow());
        assertEquals(Status.UP, late.check().status());
        assertEquals("system", noted.get(0).who());
        String again = late.describe().sha256();
        late.look();
        assertEquals(again, late.describe().sha256());
        late.close();
    }

    @Test
    void aCertificateOfOthersIsTakenAsItIsAndNeverRenewedByItself() throws Exception {
        ApplianceCertificate certificate = at(NOW);
        TlsPair foreign = OwnAuthority.substitute(List.of("box.example"), NOW);
        Description taken = certificate.install(Pem.certificates(foreign.chain()), Pem.key(foreign.key()));
        assertFalse(taken.ownCa());
        assertEquals(List.of("box.example"), taken.names());
        certificate.close();
        ApplianceCertificate late = at(NOW.plus(Duration.ofDays(390)));
        late.look();
        assertEquals(taken.sha256(), late.describe().sha256());
        assertEquals(Status.DEGRADED, late.check().status());
        late.close();
    }

    @Test
    void whatCannotServeIsRefusedWithTheReason() throws Exception {
        ApplianceCertificate certificate = at(NOW);
        try {
            TlsPair good = OwnAuthority.substitute(List.of("box.example"), NOW);
            TlsPair other = OwnAuthority.substitute(List.of("box.example"), NOW);
            String chain = Pem.certificates(good.chain());
            String key = Pem.key(good.key());
            refused(certificate, "does not belong", chain, Pem.key(other.key()));
            refused(certificate, "no certificate", "nothing", key);
            refused(certificate, "no key", chain, "nothing");
            refused(certificate, "no key", chain, "");
            refused(
                    certificate,
                    "not issued by the one after it",
                    Pem.certificates(List.of(good.chain().get(0), good.chain().get(0))),
                    key);
            refused(
                    certificate,
                    "",
                    Pem.certificates(List.of(good.chain().get(0), other.chain().get(1))),
                    key);
            TlsPair past = OwnAuthority.substitute(List.of("box.example"), NOW.minus(Duration.ofDays(500)));
            refused(certificate, "", Pem.certificates(past.chain()), Pem.key(past.key()));
            assertThrows(SoleraException.class, () -> certificate.renew(List.of("not a name")));
            assertThrows(SoleraException.class, () -> certificate.request(List.of("1.2.3")));
        } finally {
            certificate.close();
        }
    }

    @Test
    void theAnswerToARequestIsInstalledWithTheKeyThatStayedHere() throws Exception {
        ApplianceCertificate certificate = at(NOW);
        try {
            String request = certificate.request(List.of("box.example", "192.0.2.9"));
            JcaPKCS10CertificationRequest read = new JcaPKCS10CertificationRequest(
                    new PemReader(new StringReader(request)).readPemObject().getContent());
            assertTrue(read.getSubject().toString().contains("CN=box.example"));
            TlsPair signer = OwnAuthority.substitute(List.of("signer.example"), NOW);
            X509Certificate answer = new JcaX509CertificateConverter()
                    .getCertificate(new JcaX509v3CertificateBuilder(
                                    new X500Name("CN=Signer"),
                                    BigInteger.TEN,
                                    Date.from(NOW),
                                    Date.from(NOW.plus(Duration.ofDays(90))),
                                    read.getSubject(),
                                    read.getPublicKey())
                            .addExtension(
                                    Extension.subjectAlternativeName,
                                    false,
                                    MachineNames.general(List.of("box.example")))
                            .build(new JcaContentSignerBuilder("SHA256withECDSA").build(signer.key())));
            Description taken = certificate.install(Pem.certificates(List.of(answer)), "");
            assertEquals(List.of("box.example"), taken.names());
            assertFalse(Files.exists(data.resolve("state/security/tls/request.key.pem")));
        } finally {
            certificate.close();
        }
    }

    @Test
    void aPowerCutBetweenTheTwoFilesIsMadeGood() throws Exception {
        at(NOW).close();
        Path folder = data.resolve("state/security/tls");
        TlsPair next = OwnAuthority.substitute(List.of("box.example"), NOW);
        Files.writeString(folder.resolve("next.pem"), Pem.key(next.key()) + Pem.certificates(next.chain()));
        Files.writeString(folder.resolve("key.pem"), Pem.key(next.key())); // certificate.pem is the old one
        ApplianceCertificate after = at(NOW);
        assertEquals(next.fingerprint(), after.describe().sha256());
        assertFalse(Files.exists(folder.resolve("next.pem")));
        after.close();
    }

    @Test
    void filesThatCannotBeUsedAreLeftAloneAndTheConsoleStaysReachable() throws Exception {
        at(NOW).close();
        Path key = data.resolve("state/security/tls/key.pem");
        Files.writeString(key, "broken");
        ApplianceCertificate certificate = at(NOW);
        certificate.look();
        assertEquals(Status.DEGRADED, certificate.check().status());
        assertTrue(certificate.describe().names().contains("localhost"));
        assertEquals("broken", Files.readString(key));
        Description renewed = certificate.renew(List.of());
        assertTrue(renewed.ownCa());
        assertEquals(Status.UP, certificate.check().status());
        certificate.close();
    }

    @Test
    void theSelfSignedCertificateOfOlderBoxesStaysUntilItsRenewal() throws Exception {
        Path folder = Files.createDirectories(data.resolve("state/security/tls"));
        KeyPair keys = OwnAuthority.keys();
        X500Name name = new X500Name("O=Solera appliance,CN=box");
        X509Certificate old = new JcaX509CertificateConverter()
                .getCertificate(new JcaX509v3CertificateBuilder(
                                name,
                                BigInteger.ONE,
                                Date.from(NOW),
                                Date.from(NOW.plus(Duration.ofDays(825))),
                                name,
                                keys.getPublic())
                        .addExtension(Extension.subjectAlternativeName, false, MachineNames.general(List.of("box")))
                        .build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate())));
        Files.writeString(folder.resolve("key.pem"), Pem.key(keys.getPrivate()));
        Files.writeString(folder.resolve("certificate.pem"), Pem.certificates(List.of(old)));
        ApplianceCertificate kept = at(NOW);
        kept.look();
        assertTrue(kept.describe().ownCa());
        assertEquals(kept.describe().subject(), kept.describe().issuer());
        assertTrue(kept.authority().isEmpty());
        kept.close();
        ApplianceCertificate late = at(NOW.plus(Duration.ofDays(800)));
        late.look();
        assertNotEquals(late.describe().subject(), late.describe().issuer());
        assertTrue(late.describe().names().contains("box"));
        assertTrue(late.authority().isPresent());
        late.close();
    }
}
