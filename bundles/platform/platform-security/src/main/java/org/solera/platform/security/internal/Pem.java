// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.security.internal;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemReader;

/** Keys and certificates as every TLS tool writes them. */
final class Pem {
    private static final int LONGEST_CHAIN = 10;

    private Pem() {}

    static String text(String type, byte[] der) {
        return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
                .formatted(type, Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der), type);
    }

    static String certificates(List<X509Certificate> chain) throws GeneralSecurityException {
        StringBuilder text = new StringBuilder();
        for (X509Certificate each : chain) {
            text.append(text("CERTIFICATE", each.getEncoded()));
        }
        return text.toString();
    }

    static String key(PrivateKey key) {
        return text("PRIVATE KEY", key.getEncoded());
    }

    /**
     * Reads the certificates of a text, whatever else is in it.
     *
     * @throws GeneralSecurityException if it holds none, or more than a chain has
     */
    static List<X509Certificate> certificates(String text) throws GeneralSecurityException {
        List<X509Certificate> chain = new ArrayList<>();
        CertificateFactory factory = CertificateFactory.getInstance("X.509");
        try (PemReader reader = new PemReader(new StringReader(text))) {
            for (PemObject each = reader.readPemObject(); each != null; each = reader.readPemObject()) {
                if (each.getType().equals("CERTIFICATE")) {
                    chain.add(
                            (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(each.getContent())));
                }
            }
        } catch (IOException | IllegalArgumentException damaged) {
            throw new GeneralSecurityException("The certificate is damaged.", damaged);
        }
        if (chain.isEmpty() || chain.size() > LONGEST_CHAIN) {
            throw new GeneralSecurityException(
                    chain.isEmpty()
                            ? "It holds no certificate."
                            : "A chain has %d certificates at most.".formatted(LONGEST_CHAIN));
        }
        return chain;
    }

    /**
     * Reads a key, PKCS#8 or the older forms of EC and RSA.
     *
     * @throws GeneralSecurityException if the text holds no key, or one that is encrypted
     */
    static PrivateKey key(String text) throws GeneralSecurityException {
        try (PEMParser parser = new PEMParser(new StringReader(text))) {
            for (Object each = parser.readObject(); each != null; each = parser.readObject()) {
                if (each instanceof PrivateKeyInfo key) {
                    return key(key);
                }
                if (each instanceof PEMKeyPair pair) {
                    return key(pair.getPrivateKeyInfo());
                }
            }
        } catch (IOException | IllegalArgumentException damaged) {
            throw new GeneralSecurityException("The key is damaged.", damaged);
        }
        throw new GeneralSecurityException("It holds no key that is not encrypted.");
    }

    /** Makes the key with the providers of the Java runtime, whatever others are installed. */
    private static PrivateKey key(PrivateKeyInfo info) throws IOException, GeneralSecurityException {
        ASN1ObjectIdentifier kind = info.getPrivateKeyAlgorithm().getAlgorithm();
        String algorithm;
        if (kind.equals(X9ObjectIdentifiers.id_ecPublicKey)) {
            algorithm = "EC";
        } else if (kind.equals(PKCSObjectIdentifiers.rsaEncryption)) {
            algorithm = "RSA";
        } else {
            throw new GeneralSecurityException("The key is neither EC nor RSA.");
        }
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(info.getEncoded()));
    }
}
