// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.security.internal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import org.jspecify.annotations.Nullable;
import org.solera.platform.api.files.DurableFile;

/**
 * The key and the certificate in {@code state/security/tls}: {@code key.pem} (PKCS#8, EC or RSA, mode 0600) and
 * {@code certificate.pem} (the certificate, then its issuers). To use another certificate, replace both files; the key
 * first. A pair that the appliance itself installs stands in {@code next.pem} (key, then certificates) until both files are
 * written, so that a power cut between the two is made good at the next start.
 */
final class CertificateFiles {
    /** When the files were changed last. */
    record Stamp(FileTime key, FileTime certificate) {}

    private final Path folder;
    private final Path key;
    private final Path certificate;
    private final Path next;
    private final Path requested;

    CertificateFiles(Path folder) {
        this.folder = folder;
        this.key = folder.resolve("key.pem");
        this.certificate = folder.resolve("certificate.pem");
        this.next = folder.resolve("next.pem");
        this.requested = folder.resolve("request.key.pem");
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

    /** Finishes what a power cut interrupted. */
    void recover() throws IOException, GeneralSecurityException {
        if (Files.exists(next)) {
            String both = text(next);
            finish(TlsPair.parse(both, both));
        }
    }

    /** Replaces the pair. Commit point: {@code next.pem}. */
    void write(TlsPair pair) throws IOException, GeneralSecurityException {
        Path unused = DurableFile.folder(folder);
        put(next, Pem.key(pair.key()) + Pem.certificates(pair.chain()));
        finish(pair);
    }

    private void finish(TlsPair pair) throws IOException, GeneralSecurityException {
        put(key, Pem.key(pair.key()));
        put(certificate, Pem.certificates(pair.chain()));
        DurableFile.delete(next);
    }

    /** Reads the pair and proves that both belong together. */
    TlsPair read() throws IOException, GeneralSecurityException {
        return TlsPair.parse(text(key), text(certificate));
    }

    /** Keeps the key of a request until its certificate comes. */
    void keepRequested(String keyPem) throws IOException {
        Path unused = DurableFile.folder(folder);
        put(requested, keyPem);
    }

    /** {@return the key of the last request; empty if there is none} */
    String requested() throws IOException {
        return Files.exists(requested) ? text(requested) : "";
    }

    void dropRequested() throws IOException {
        DurableFile.delete(requested);
    }

    private static void put(Path file, String text) throws IOException {
        DurableFile.replace(file, text.getBytes(StandardCharsets.US_ASCII));
    }

    private static String text(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.ISO_8859_1);
    }
}
