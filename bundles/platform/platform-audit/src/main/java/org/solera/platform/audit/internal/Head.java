// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.audit.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The signed end of the chain, in the file {@code head}. What lies before it cannot be cut off unseen.
 *
 * <pre>
 * {"magic":"solera-audit-head","version":"1.0","sequence":12,"hash":"(64 digits)","time":"…","signature":"(Base64)"}\n
 *  |----------------------- Ed25519 over this ----------------------------------------|
 * </pre>
 *
 * @param sequence last record
 * @param hash its hash
 * @param valid whether it can be read and its signature is that of this box
 */
record Head(long sequence, String hash, boolean valid) {
    private static final String NAME = "head";
    private static final String MAGIC = "solera-audit-head";
    private static final String SIGNATURE = ",\"signature\":\"";

    /** {@return the head of a folder; empty if there is none} */
    static Optional<Head> read(Path folder, BoxKey key) throws IOException {
        String text;
        try {
            text = Files.readString(folder.resolve(NAME), UTF_8).strip();
        } catch (NoSuchFileException none) {
            return Optional.empty();
        } catch (CharacterCodingException changed) {
            return Optional.of(unreadable());
        }
        try {
            Map<String, @Nullable Object> all = Json.object(text);
            Head head = new Head(Lines.number(all, "sequence"), Lines.text(all, "hash"), true);
            int signed = text.lastIndexOf(SIGNATURE);
            return Optional.of(
                    signed > 0
                                    && Lines.text(all, "magic").equals(MAGIC)
                                    && Lines.text(all, "version").startsWith("1.")
                                    && key.verifies(
                                            text.substring(0, signed).getBytes(UTF_8), Lines.text(all, "signature"))
                            ? head
                            : unreadable());
        } catch (IllegalArgumentException changed) {
            return Optional.of(unreadable());
        }
    }

    private static Head unreadable() {
        return new Head(0, Lines.NO_HASH, false);
    }

    static byte[] encode(long sequence, String hash, String time, BoxKey key) {
        String signed = "{\"magic\":\"%s\",\"version\":\"1.0\",\"sequence\":%d,\"hash\":\"%s\",\"time\":\"%s\""
                .formatted(MAGIC, sequence, hash, time);
        return (signed + SIGNATURE + key.sign(signed.getBytes(UTF_8)) + "\"}\n").getBytes(UTF_8);
    }

    /** Replaces the head of a folder. */
    static void write(Path folder, long sequence, String hash, String time, BoxKey key) throws IOException {
        SafeFile.replace(folder.resolve(NAME), encode(sequence, hash, time, key));
    }
}
