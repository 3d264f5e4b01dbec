// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.security.internal;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * The key and the certificate in {@code state/security/tls}, as every TLS tool writes them: {@code key.pem} (PKCS#8, EC
 * or RSA, mode 0600) and {@code certificate.pem} (the certificate, then its issuers). To use another certificate, replace
 * both files; the key first.
 */
final class CertificateFiles {
    private static final String KEY_BEGIN = "-----BEGIN PRIVATE KEY-----";
    private static final String KEY_END = "-----END PRIVATE KEY-----";

    /** What the files hold. */
    record Content(SSLContext context, X509Certificate certificate) {}

    /** When the files were changed last. */
    record Stamp(FileTime key, FileTime certificate) {}

    private final Path folder;
    private final Path key;
    private final Path certificate;

    CertificateFiles(Path folder) {
        this.folder = folder;
        this.key = folder.resolve("key.pem");
        this.certificate = folder.resolve("certificate.pem");
    }

    boolean exist() {
        return Files.exists(key) && Files.exists(certificate);
    }

    /** {@return when the files were changed last, or null when one is missing} */
    @Nullable
    Stamp stamp() {
        try {
            return new Stamp(Files.getLastModifiedTime(key), Files.getLastModifiedTime(certificate));
        } catch (IOException missing) {
            return null;
        }
    }

    void write(SelfSigned.Pair pair) throws IOException, GeneralSecurityException {
        SecretFile.folder(folder);
        SecretFile.write(key, pem("PRIVATE KEY", pair.keys().getPrivate().getEncoded()));
        SecretFile.write(certificate, pem("CERTIFICATE", pair.certificate().getEncoded()));
    }

    private static String pem(String type, byte[] der) {
        return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
                .formatted(type, Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der), type);
    }

    /**
     * Reads the files and proves that the key belongs to the certificate.
     *
     * @throws GeneralSecurityException if they do not hold a key and its certificate
     */
    Content read() throws IOException, GeneralSecurityException {
        List<X509Certificate> chain = CertificateFactory.getInstance("X.509")
                .generateCertificates(new ByteArrayInputStream(Files.readAllBytes(certificate)))
                .stream()
                .map(X509Certificate.class::cast)
                .toList();
        if (chain.isEmpty()) {
            throw new GeneralSecurityException(certificate + " holds no certificate.");
        }
        PrivateKey secret = privateKey(Files.readString(key, StandardCharsets.US_ASCII));
        prove(secret, chain.get(0));
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        char[] unused = "only in memory".toCharArray();
        store.setKeyEntry("solera", secret, unused, chain.toArray(X509Certificate[]::new));
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(store, unused);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return new Content(context, chain.get(0));
    }

    private PrivateKey privateKey(String pem) throws GeneralSecurityException {
        int begin = pem.indexOf(KEY_BEGIN);
        int end = pem.indexOf(KEY_END);
        if (begin < 0 || end < begin) {
            throw new GeneralSecurityException(key + " holds no PKCS#8 key.");
        }
        PKCS8EncodedKeySpec spec;
        try {
            spec = new PKCS8EncodedKeySpec(
                    Base64.getMimeDecoder().decode(pem.substring(begin + KEY_BEGIN.length(), end)));
        } catch (IllegalArgumentException damaged) {
            throw new GeneralSecurityException(key + " is damaged.", damaged);
        }
        try {
            return KeyFactory.getInstance("EC").generatePrivate(spec);
        } catch (InvalidKeySpecException notElliptic) {
            return KeyFactory.getInstance("RSA").generatePrivate(spec);
        }
    }

    private void prove(PrivateKey secret, X509Certificate holder) throws GeneralSecurityException {
        String algorithm = secret.getAlgorithm().equals("EC") ? "SHA256withECDSA" : "SHA256withRSA";
        byte[] challenge = "solera".getBytes(StandardCharsets.US_ASCII);
        Signature signer = Signature.getInstance(algorithm);
        signer.initSign(secret);
        signer.update(challenge);
        Signature verifier = Signature.getInstance(algorithm);
        verifier.initVerify(holder.getPublicKey());
        verifier.update(challenge);
        if (!verifier.verify(signer.sign())) {
            throw new SignatureException(key + " does not belong to " + certificate + ".");
        }
    }
}
