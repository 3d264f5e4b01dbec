// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.audit.internal;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * The Ed25519 key of this box, with which it signs its audit. The file {@code key} (mode 0600) holds the private key
 * (PKCS#8) and the public key (X.509) as PEM. Thread-safe.
 */
final class BoxKey {
    private static final String PRIVATE = "PRIVATE KEY";
    private static final String PUBLIC = "PUBLIC KEY";

    private final @Nullable PrivateKey privateKey;
    private final PublicKey publicKey;
    private final boolean fresh;

    private BoxKey(@Nullable PrivateKey privateKey, PublicKey publicKey, boolean fresh) {
        this.privateKey = privateKey;
        this.publicKey = publicKey;
        this.fresh = fresh;
    }

    /** Reads the key; makes one if there is none. */
    static BoxKey open(Path folder) throws IOException {
        Path file = folder.resolve("key");
        try {
            if (Files.exists(file)) {
                String text = Files.readString(file, ISO_8859_1);
                KeyFactory keys = KeyFactory.getInstance("Ed25519");
                return new BoxKey(
                        keys.generatePrivate(new PKCS8EncodedKeySpec(decode(text, PRIVATE))),
                        keys.generatePublic(new X509EncodedKeySpec(decode(text, PUBLIC))),
                        false);
            }
            KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            String text = pem(PRIVATE, pair.getPrivate().getEncoded())
                    + pem(PUBLIC, pair.getPublic().getEncoded());
            SafeFile.replace(file, text.getBytes(ISO_8859_1));
            return new BoxKey(pair.getPrivate(), pair.getPublic(), true);
        } catch (GeneralSecurityException | IllegalArgumentException failure) {
            throw new IOException("The key %s cannot be read: %s".formatted(file, failure.getMessage()), failure);
        }
    }

    /** {@return the key of some box, to check what it signed} */
    static BoxKey publicOnly(String pem) throws IOException {
        try {
            KeyFactory keys = KeyFactory.getInstance("Ed25519");
            return new BoxKey(null, keys.generatePublic(new X509EncodedKeySpec(decode(pem, PUBLIC))), false);
        } catch (GeneralSecurityException | IllegalArgumentException failure) {
            throw new IOException("The public key cannot be read: %s".formatted(failure.getMessage()), failure);
        }
    }

    private static byte[] decode(String text, String kind) throws IOException {
        String begin = "-----BEGIN " + kind + "-----";
        int from = text.indexOf(begin);
        int to = text.indexOf("-----END " + kind + "-----");
        if (from < 0 || to < from) {
            throw new IOException("The key file of the audit holds no %s.".formatted(kind));
        }
        return Base64.getMimeDecoder().decode(text.substring(from + begin.length(), to));
    }

    private static String pem(String kind, byte[] der) {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(kind, body, kind);
    }

    /** {@return whether the key was made just now} */
    boolean fresh() {
        return fresh;
    }

    String publicPem() {
        return pem(PUBLIC, publicKey.getEncoded());
    }

    /** {@return the public key (X.509, DER) in Base64} */
    String publicText() {
        return Base64.getEncoder().encodeToString(publicKey.getEncoded());
    }

    /** {@return the signature in Base64} */
    String sign(byte[] bytes) {
        if (privateKey == null) {
            throw new IllegalStateException("This key only checks.");
        }
        try {
            Signature signature = Signature.getInstance("Ed25519");
            signature.initSign(privateKey);
            signature.update(bytes);
            return Base64.getEncoder().encodeToString(signature.sign());
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("Every Java of this version signs with Ed25519.", impossible);
        }
    }

    boolean verifies(byte[] bytes, String signature) {
        try {
            Signature check = Signature.getInstance("Ed25519");
            check.initVerify(publicKey);
            check.update(bytes);
            return check.verify(Base64.getDecoder().decode(signature));
        } catch (GeneralSecurityException | IllegalArgumentException wrong) {
            return false;
        }
    }
}
