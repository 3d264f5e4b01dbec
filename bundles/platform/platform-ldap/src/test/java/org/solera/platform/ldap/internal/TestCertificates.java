// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.ldap.internal;

import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** An issuer and a server certificate for 127.0.0.1 that it signed, as PEM files. */
public final class TestCertificates {
    final Path issuer;
    final Path certificate;
    final Path key;
    /** An issuer that signed nothing. */
    final String stranger;

    TestCertificates(Path folder) throws Exception {
        KeyPair ca = pair();
        KeyPair server = pair();
        issuer = write(folder.resolve("ca.pem"), certificate("CN=Test issuer", ca, "CN=Test issuer", ca, true));
        certificate =
                write(folder.resolve("server.pem"), certificate("CN=Test issuer", ca, "CN=server", server, false));
        key = write(folder.resolve("server.key"), server.getPrivate());
        stranger = pem(certificate("CN=Stranger", server, "CN=Stranger", server, true));
    }

    /** {@return the certificate of the issuer} */
    public String issuerPem() throws IOException {
        return Files.readString(issuer);
    }

    private static KeyPair pair() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        return generator.generateKeyPair();
    }

    private static X509Certificate certificate(String by, KeyPair signer, String of, KeyPair subject, boolean issuer)
            throws Exception {
        Instant now = Instant.now();
        JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                new X500Principal(by),
                BigInteger.valueOf(issuer ? 1 : 2),
                Date.from(now.minus(1, ChronoUnit.HOURS)),
                Date.from(now.plus(1, ChronoUnit.DAYS)),
                new X500Principal(of),
                subject.getPublic());
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(issuer));
        if (!issuer) {
            GeneralNames names = new GeneralNames(new GeneralName(GeneralName.iPAddress, "127.0.0.1"));
            builder.addExtension(Extension.subjectAlternativeName, false, names);
        }
        return new JcaX509CertificateConverter()
                .getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withRSA").build(signer.getPrivate())));
    }

    private static String pem(Object what) throws IOException {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
            writer.writeObject(what);
        }
        return text.toString();
    }

    private static Path write(Path file, Object what) throws IOException {
        return Files.writeString(file, pem(what));
    }
}
