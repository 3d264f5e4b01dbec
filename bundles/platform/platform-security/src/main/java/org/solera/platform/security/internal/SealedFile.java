// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.security.internal;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.files.DurableFile;

/**
 * A file that is sealed as a whole, mode 0600.
 *
 * <pre>
 * magic        solera-NAME 1.0 and a line feed; a greater major is refused
 * id           2 bytes length, then the id of the key of the box
 * content      nonce, text, tag (see {@link MasterKeys}), up to the end
 * </pre>
 *
 * <b>Thread-safety:</b> confined to whoever guards it.
 */
final class SealedFile {
    private final Path file;
    private final MasterKeys keys;
    private final String purpose;
    private final byte[] magic;

    /** @param name what it holds, part of its magic and its purpose */
    SealedFile(Path file, MasterKeys keys, String name) {
        this.file = file;
        this.keys = keys;
        this.purpose = "file." + name;
        this.magic = ("solera-" + name + " 1.").getBytes(StandardCharsets.US_ASCII);
    }

    /**
     * Reads the file.
     *
     * @return what was written last; empty if there is no file
     * @throws IOException if the file cannot be read, is damaged, or belongs to another box
     */
    Optional<byte[]> read() throws IOException {
        byte[] all;
        try {
            all = Files.readAllBytes(file);
        } catch (NoSuchFileException missing) {
            return Optional.empty();
        }
        if (all.length < magic.length + 2 || !Arrays.equals(all, 0, magic.length, magic, 0, magic.length)) {
            throw new IOException(file + " is none that this version can read.");
        }
        int body = magic.length;
        while (body < all.length && all[body] != '\n') {
            body++;
        }
        try (DataInputStream in =
                new DataInputStream(new ByteArrayInputStream(all, body + 1, Math.max(0, all.length - body - 1)))) {
            return Optional.of(keys.unsealBytes(purpose, new MasterKeys.Sealed(in.readUTF(), in.readAllBytes())));
        } catch (SoleraException unreadable) {
            throw new IOException(file + " cannot be opened. " + unreadable.getMessage(), unreadable);
        }
    }

    /** Replaces the content; durable when it returns. */
    void write(byte[] content) throws IOException {
        MasterKeys.Sealed sealed = keys.sealBytes(purpose, content);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(sealed.content().length + 64);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.write(magic);
            out.write("0\n".getBytes(StandardCharsets.US_ASCII));
            out.writeUTF(sealed.keyId());
            out.write(sealed.content());
        }
        DurableFile.replace(file, bytes.toByteArray());
    }

    /** Takes the file away. */
    void delete() throws IOException {
        DurableFile.delete(file);
    }
}
