// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.security.internal;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;
import org.solera.platform.api.files.DurableFile;

/**
 * The authority (CA) of this box: {@code ca.key.pem} and {@code ca.pem} in {@code state/security/tls}, ECDSA on P-256, good
 * for ten years, made when it is first needed and again when what it signs would outlive it. Certificates of servers are
 * good for 397 days. <b>Thread-safety:</b> thread-safe.
 */
final class OwnAuthority {
    static final String ORGANISATION = "Solera appliance";

    private static final Duration VALID = Duration.ofDays(3_653);
    private static final Duration SERVER_VALID = Duration.ofDays(397);
    private static final Duration SKEW = Duration.ofHours(24); // for clocks that are late
    private static final String ALGORITHM = "SHA256withECDSA";
    private static final int LONGEST_COMMON_NAME = 64;

    private final Path folder;
    private final Path keyFile;
    private final Path certificateFile;

    OwnAuthority(Path folder) {
        this.folder = folder;
        this.keyFile = folder.resolve("ca.key.pem");
        this.certificateFile = folder.resolve("ca.pem");
    }

    static KeyPair keys() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }

    /** {@return the certificate of the authority, PEM; empty before it was made} */
    Optional<String> certificate() throws IOException {
        return Files.exists(certificateFile) && Files.exists(keyFile)
                ? Optional.of(Files.readString(certificateFile, StandardCharsets.US_ASCII))
                : Optional.empty();
    }

    /** {@return whether this authority signed the certificate} */
    boolean signed(X509Certificate certificate) {
        try {
            Optional<String> own = certificate();
            if (own.isEmpty()) {
                return false;
            }
            certificate.verify(Pem.certificates(own.get()).get(0).getPublicKey());
            return true;
        } catch (IOException | GeneralSecurityException somebodyElse) {
            return false;
        }
    }

    /** Signs a certificate for a server with a new key, and makes the authority if there is none. */
    synchronized TlsPair issue(List<String> names, Instant now) throws IOException, GeneralSecurityException {
        return server(authority(now), names, now);
    }

    /** {@return a certificate of an authority that nobody keeps} */
    static TlsPair substitute(List<String> names, Instant now) throws IOException, GeneralSecurityException {
        return server(made(now), names, now);
    }

    private static TlsPair server(TlsPair authority, List<String> names, Instant now)
            throws IOException, GeneralSecurityException {
        KeyPair keys = keys();
        JcaX509ExtensionUtils identifiers = new JcaX509ExtensionUtils();
        X509Certificate issuer = authority.certificate();
        X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                        issuer,
                        serial(),
                        begin(now),
                        Date.from(now.plus(SERVER_VALID)),
                        subject(names),
                        keys.getPublic())
                .addExtension(Extension.basicConstraints, true, new BasicConstraints(false))
                .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))
                .addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth))
                .addExtension(Extension.subjectAlternativeName, false, MachineNames.general(names))
                .addExtension(
                        Extension.subjectKeyIdentifier, false, identifiers.createSubjectKeyIdentifier(keys.getPublic()))
                .addExtension(
                        Extension.authorityKeyIdentifier,
                        false,
                        identifiers.createAuthorityKeyIdentifier(issuer.getPublicKey()));
        return new TlsPair(keys.getPrivate(), List.of(sign(builder, authority.key()), issuer));
    }

    private TlsPair authority(Instant now) throws IOException, GeneralSecurityException {
        Path unused = DurableFile.folder(folder);
        if (Files.exists(keyFile) && Files.exists(certificateFile)) {
            TlsPair known = TlsPair.parse(
                    Files.readString(keyFile, StandardCharsets.US_ASCII),
                    Files.readString(certificateFile, StandardCharsets.US_ASCII));
            if (known.certificate().getNotAfter().toInstant().isAfter(now.plus(SERVER_VALID))) {
                return known;
            }
        }
        TlsPair own = made(now);
        DurableFile.replace(keyFile, Pem.key(own.key()).getBytes(StandardCharsets.US_ASCII));
        DurableFile.replace(certificateFile, Pem.certificates(own.chain()).getBytes(StandardCharsets.US_ASCII));
        return own;
    }

    private static TlsPair made(Instant now) throws IOException, GeneralSecurityException {
        KeyPair keys = keys();
        String serial = serial().toString(36).substring(0, 6);
        X500Name name = new X500NameBuilder(BCStyle.INSTANCE)
                .addRDN(BCStyle.O, ORGANISATION)
                .addRDN(BCStyle.CN, "Solera CA " + shortened(MachineNames.hostName(), 40) + " " + serial)
                .build();
        X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                        name, serial(), begin(now), Date.from(now.plus(VALID)), name, keys.getPublic())
                .addExtension(Extension.basicConstraints, true, new BasicConstraints(0))
                .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign))
                .addExtension(
                        Extension.subjectKeyIdentifier,
                        false,
                        new JcaX509ExtensionUtils().createSubjectKeyIdentifier(keys.getPublic()));
        return new TlsPair(keys.getPrivate(), List.of(sign(builder, keys.getPrivate())));
    }

    private static X509Certificate sign(X509v3CertificateBuilder builder, PrivateKey key)
            throws GeneralSecurityException {
        try {
            return new JcaX509CertificateConverter()
                    .getCertificate(builder.build(new JcaContentSignerBuilder(ALGORITHM).build(key)));
        } catch (OperatorCreationException unsigned) {
            throw new GeneralSecurityException("The certificate cannot be signed.", unsigned);
        }
    }

    /** {@return a request for another authority to sign, PKCS#10 in PEM} */
    static String request(KeyPair keys, List<String> names) throws IOException, GeneralSecurityException {
        ExtensionsGenerator extensions = new ExtensionsGenerator();
        extensions.addExtension(Extension.subjectAlternativeName, false, MachineNames.general(names));
        try {
            return Pem.text(
                    "CERTIFICATE REQUEST",
                    new JcaPKCS10CertificationRequestBuilder(subject(names), keys.getPublic())
                            .addAttribute(PKCSObjectIdentifiers.pkcs_9_at_extensionRequest, extensions.generate())
                            .build(new JcaContentSignerBuilder(ALGORITHM).build(keys.getPrivate()))
                            .getEncoded());
        } catch (OperatorCreationException unsigned) {
            throw new GeneralSecurityException("The request cannot be signed.", unsigned);
        }
    }

    private static X500Name subject(List<String> names) {
        return new X500NameBuilder(BCStyle.INSTANCE)
                .addRDN(BCStyle.O, ORGANISATION)
                .addRDN(BCStyle.CN, shortened(names.get(0), LONGEST_COMMON_NAME))
                .build();
    }

    private static String shortened(String text, int longest) {
        return text.length() <= longest ? text : text.substring(0, longest);
    }

    private static BigInteger serial() {
        return new BigInteger(127, new SecureRandom()).setBit(126);
    }

    private static Date begin(Instant now) {
        return Date.from(now.minus(SKEW));
    }
}
