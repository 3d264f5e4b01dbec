// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.security.internal;

import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the certificate of first boot: ECDSA on P-256, good for this machine's names and addresses for 825 days. */
final class SelfSigned {
    private static final Logger log = LoggerFactory.getLogger(SelfSigned.class);
    private static final Duration VALID = Duration.ofDays(825);
    private static final Duration SKEW = Duration.ofHours(24);
    private static final Path HOST_NAME = Path.of("/proc/sys/kernel/hostname");
    private static final int ADDRESS_LIMIT = 16;

    private SelfSigned() {}

    /** A key and the certificate that belongs to it. */
    record Pair(KeyPair keys, X509Certificate certificate) {}

    /**
     * Makes a pair.
     *
     * @param host name of this machine
     * @param addresses addresses, as text, beside those of the loopback
     * @param now the time from which it is valid, less a day for clocks that are late
     */
    static Pair make(String host, Set<String> addresses, Instant now) throws GeneralSecurityException, IOException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        KeyPair keys = generator.generateKeyPair();
        X500Name subject = new X500NameBuilder(BCStyle.INSTANCE)
                .addRDN(BCStyle.O, "Solera appliance")
                .addRDN(BCStyle.CN, host)
                .build();
        X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                        subject,
                        new BigInteger(127, new SecureRandom()).setBit(126),
                        Date.from(now.minus(SKEW)),
                        Date.from(now.plus(VALID)),
                        subject,
                        keys.getPublic())
                .addExtension(Extension.basicConstraints, true, new BasicConstraints(false))
                .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))
                .addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth))
                .addExtension(Extension.subjectAlternativeName, false, names(host, addresses));
        try {
            return new Pair(
                    keys,
                    new JcaX509CertificateConverter()
                            .getCertificate(builder.build(
                                    new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate()))));
        } catch (OperatorCreationException unsigned) {
            throw new GeneralSecurityException("The certificate cannot be signed.", unsigned);
        }
    }

    private static GeneralNames names(String host, Set<String> addresses) {
        Set<String> hosts = new LinkedHashSet<>(List.of("localhost", host));
        Set<String> numbers = new LinkedHashSet<>(List.of("127.0.0.1", "::1"));
        numbers.addAll(addresses);
        List<GeneralName> names = new ArrayList<>();
        hosts.forEach(each -> names.add(new GeneralName(GeneralName.dNSName, each)));
        numbers.forEach(each -> names.add(new GeneralName(GeneralName.iPAddress, each)));
        return new GeneralNames(names.toArray(GeneralName[]::new));
    }

    /** {@return the name of this machine, without asking a name server, which may be far away or absent} */
    static String hostName() {
        try {
            String name = Files.readString(HOST_NAME, StandardCharsets.US_ASCII).trim();
            return name.matches("[A-Za-z0-9]([A-Za-z0-9.-]{0,61}[A-Za-z0-9])?") ? name : "localhost";
        } catch (IOException unknown) {
            log.debug("The name of this machine is not known.", unknown);
            return "localhost";
        }
    }

    /** {@return the addresses under which this machine is reached when it binds to the address given} */
    static Set<String> addresses(InetAddress bind) {
        Set<String> addresses = new LinkedHashSet<>();
        if (!bind.isAnyLocalAddress()) {
            addresses.add(bind.getHostAddress());
            return addresses;
        }
        try {
            NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .filter(address -> !address.isLinkLocalAddress() && !address.isLoopbackAddress())
                    .limit(ADDRESS_LIMIT)
                    .forEach(address -> addresses.add(address.getHostAddress()));
        } catch (SocketException unknown) {
            log.debug("The addresses of this machine are not known.", unknown);
        }
        return addresses;
    }
}
