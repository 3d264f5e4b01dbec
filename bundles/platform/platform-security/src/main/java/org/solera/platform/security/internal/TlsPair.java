// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.security.internal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAKey;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * A private key and its certificate.
 *
 * @param key EC or RSA
 * @param chain the certificate, then its issuers
 */
record TlsPair(PrivateKey key, List<X509Certificate> chain) {
    private static final int SHORTEST_RSA = 2_048;

    TlsPair {
        chain = List.copyOf(chain);
    }

    /** Reads both and proves that they belong together. */
    static TlsPair parse(String keyPem, String certificatePem) throws GeneralSecurityException {
        TlsPair pair = new TlsPair(Pem.key(keyPem), Pem.certificates(certificatePem));
        pair.prove();
        return pair;
    }

    X509Certificate certificate() {
        return chain.get(0);
    }

    private void prove() throws GeneralSecurityException {
        if (!key.getAlgorithm().equals(certificate().getPublicKey().getAlgorithm())) {
            throw new SignatureException("The key does not belong to the certificate.");
        }
        String algorithm = key.getAlgorithm().equals("RSA") ? "SHA256withRSA" : "SHA256withECDSA";
        byte[] challenge = "solera".getBytes(StandardCharsets.US_ASCII);
        Signature signer = Signature.getInstance(algorithm);
        signer.initSign(key);
        signer.update(challenge);
        Signature verifier = Signature.getInstance(algorithm);
        verifier.initVerify(certificate().getPublicKey());
        verifier.update(challenge);
        if (!verifier.verify(signer.sign())) {
            throw new SignatureException("The key does not belong to the certificate.");
        }
    }

    /** Checks what a certificate must be to be taken in by hand. */
    void checkUsable(Instant now) throws GeneralSecurityException {
        certificate().checkValidity(Date.from(now));
        if (key instanceof RSAKey rsa && rsa.getModulus().bitLength() < SHORTEST_RSA) {
            throw new GeneralSecurityException("An RSA key has %d bits at least; this one has %d."
                    .formatted(SHORTEST_RSA, rsa.getModulus().bitLength()));
        }
        String signature = certificate().getSigAlgName().toUpperCase(Locale.ROOT);
        if (signature.startsWith("MD5") || signature.startsWith("SHA1")) {
            throw new GeneralSecurityException("Browsers take no certificate signed with " + signature + ".");
        }
        if (names().isEmpty()) {
            throw new GeneralSecurityException("The certificate names no host and no address (subjectAltName).");
        }
        for (int i = 0; i + 1 < chain.size(); i++) {
            X509Certificate issuer = chain.get(i + 1);
            if (!chain.get(i).getIssuerX500Principal().equals(issuer.getSubjectX500Principal())) {
                throw new GeneralSecurityException(
                        "Certificate %d is not issued by the one after it: the certificate comes first, then its issuers in order."
                                .formatted(i + 1));
            }
            chain.get(i).verify(issuer.getPublicKey());
            issuer.checkValidity(Date.from(now));
        }
    }

    /** {@return host names and addresses that the certificate is good for} */
    List<String> names() {
        try {
            Collection<List<?>> names = certificate().getSubjectAlternativeNames();
            return names == null
                    ? List.of()
                    : names.stream().map(name -> String.valueOf(name.get(1))).toList();
        } catch (CertificateParsingException unreadable) {
            return List.of();
        }
    }

    /** {@return SHA-256 of the certificate, as people compare it} */
    String fingerprint() {
        try {
            return HexFormat.ofDelimiter(":")
                    .withUpperCase()
                    .formatHex(Digests.sha256(certificate().getEncoded()));
        } catch (GeneralSecurityException damaged) {
            throw new IllegalStateException("A certificate in use can be encoded.", damaged);
        }
    }

    /** {@return a context that answers with this pair} */
    SSLContext context() throws GeneralSecurityException {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            char[] unused = "only in memory".toCharArray();
            store.setKeyEntry("solera", key, unused, chain.toArray(X509Certificate[]::new));
            KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            managers.init(store, unused);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(managers.getKeyManagers(), null, null);
            return context;
        } catch (IOException impossible) {
            throw new IllegalStateException("A key store in memory needs no file.", impossible);
        }
    }

    @Override
    public String toString() {
        return "TlsPair[" + fingerprint() + "]";
    }
}
