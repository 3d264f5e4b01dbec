// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.security.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.solera.platform.api.Appliance;
import org.solera.platform.api.PlatformError;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.files.DurableFile;
import org.solera.platform.api.secrets.Sealer;

/**
 * The keys of this box and what they seal. The file {@code state/security/master.key}, mode 0600:
 *
 * <pre>
 * solera-master-keys 1.0      magic, major.minor; a greater major is refused
 * 5f2c91d07ab3e614 BASE64     id and key (32 bytes); the first seals, all open
 * </pre>
 *
 * <p>Several keys are kept, so that the key can be changed and a restored backup stays readable. Sealed text is {@code
 * sealed:1:ID:BASE64URL}: AES-256-GCM (12 bytes nonce, then the text, then 16 bytes tag) under a key derived for the
 * purpose by HMAC-SHA-256; the head is authenticated too. The key lies beside what it seals: it protects copies of the
 * database and of single files, not a stolen disk. Where a box has a TPM, this class is the place to keep the key in it.
 *
 * <p><b>Thread-safety:</b> thread-safe.
 */
@Component(
        immediate = true,
        service = {Sealer.class, MasterKeys.class})
public final class MasterKeys implements Sealer {
    private static final Logger log = LoggerFactory.getLogger(MasterKeys.class);
    private static final String MAGIC = "solera-master-keys 1.";
    private static final String FORM = "1:";
    private static final int KEY_BYTES = 32;
    private static final int ID_BYTES = 8;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final int MOST_KEYS = 100;

    private final Path file;
    private final RandomText random = new RandomText();
    private volatile Map<String, byte[]> keys; // by id, the one that seals first; replaced as a whole

    @Activate
    public MasterKeys(@Reference Appliance appliance) {
        this(appliance.stateDirectory("security"));
    }

    MasterKeys(Path folder) {
        this.file = folder.resolve("master.key");
        try {
            if (!Files.exists(file)) {
                this.keys = Map.of();
                rotate();
                log.info("The key of this box was made.");
            } else {
                this.keys = parse(Files.readAllLines(file, StandardCharsets.UTF_8), file.toString());
            }
        } catch (IOException failure) {
            throw new UncheckedIOException("The key of this box cannot be read or made.", failure);
        }
    }

    private static Map<String, byte[]> parse(List<String> lines, String where) throws IOException {
        if (lines.size() < 2 || !lines.get(0).startsWith(MAGIC)) {
            throw new IOException(where + " holds no key that this version can read.");
        }
        Map<String, byte[]> read = new LinkedHashMap<>();
        for (String line : lines.subList(1, lines.size())) {
            String[] fields = line.split(" ", -1);
            try {
                byte[] key = Base64.getDecoder().decode(fields[fields.length - 1]);
                if (fields.length != 2 || key.length != KEY_BYTES || !fields[0].matches("[0-9a-f]{16}")) {
                    throw new IOException(where + " has a damaged line.");
                }
                read.put(fields[0], key);
            } catch (IllegalArgumentException damaged) {
                throw new IOException(where + " has a damaged line.", damaged);
            }
        }
        return read;
    }

    private synchronized void store(Map<String, byte[]> next) throws IOException {
        DurableFile.replace(file, text(next).getBytes(StandardCharsets.UTF_8));
        keys = next;
    }

    private static String text(Map<String, byte[]> keys) {
        StringBuilder text = new StringBuilder(MAGIC).append("0\n");
        keys.forEach((id, key) -> text.append(id)
                .append(' ')
                .append(Base64.getEncoder().encodeToString(key))
                .append('\n'));
        return text.toString();
    }

    /** Makes a new key, which seals from now on; what older keys sealed stays readable. */
    synchronized void rotate() throws IOException {
        Map<String, byte[]> next = new LinkedHashMap<>();
        next.put(HexFormat.of().formatHex(random.bytes(ID_BYTES)), random.bytes(KEY_BYTES));
        keys.forEach(next::putIfAbsent);
        store(next);
    }

    /** {@return all keys, as they stand in the file; for a backup, which is encrypted} */
    String export() {
        return text(keys);
    }

    /** Checks keys of a backup without taking them. */
    static void check(String exported) throws IOException {
        Map<String, byte[]> unused = parse(exported.lines().toList(), "The backup");
    }

    /** Takes the keys of a backup in, behind those of this box: what was sealed with them becomes readable here. */
    synchronized void adopt(String exported) throws IOException {
        Map<String, byte[]> next = new LinkedHashMap<>(keys);
        parse(exported.lines().toList(), "The backup").forEach(next::putIfAbsent);
        if (next.size() > MOST_KEYS) {
            throw new IOException("A box keeps %d keys at most.".formatted(MOST_KEYS));
        }
        store(next);
    }

    @Override
    public String seal(String purpose, byte[] secret) {
        Sealed sealed = sealBytes(purpose, secret);
        return PREFIX
                + FORM
                + sealed.keyId()
                + ":"
                + Base64.getUrlEncoder().withoutPadding().encodeToString(sealed.content());
    }

    @Override
    public byte[] unseal(String purpose, String sealed) throws SoleraException {
        int colon = sealed.indexOf(':', PREFIX.length() + FORM.length());
        if (!sealed.startsWith(PREFIX + FORM) || colon < 0) {
            throw unreadable("It is not in a form that this version knows.", null);
        }
        try {
            return unsealBytes(
                    purpose,
                    new Sealed(
                            sealed.substring(PREFIX.length() + FORM.length(), colon),
                            Base64.getUrlDecoder().decode(sealed.substring(colon + 1))));
        } catch (IllegalArgumentException damaged) {
            throw unreadable("It is damaged.", damaged);
        }
    }

    /**
     * Sealed bytes.
     *
     * @param keyId which key sealed them
     * @param content nonce, text, tag
     */
    @SuppressWarnings("ArrayRecordComponent") // a carrier between two lines of code; never compared
    record Sealed(String keyId, byte[] content) {}

    Sealed sealBytes(String purpose, byte[] secret) {
        Map.Entry<String, byte[]> current = keys.entrySet().iterator().next();
        byte[] nonce = random.bytes(NONCE_BYTES);
        try {
            byte[] closed = cipher(Cipher.ENCRYPT_MODE, purpose, current.getKey(), current.getValue(), nonce)
                    .doFinal(secret);
            return new Sealed(
                    current.getKey(),
                    ByteBuffer.allocate(nonce.length + closed.length)
                            .put(nonce)
                            .put(closed)
                            .array());
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("Every Java runtime has AES in GCM.", missing);
        }
    }

    byte[] unsealBytes(String purpose, Sealed sealed) throws SoleraException {
        byte[] key = keys.get(sealed.keyId());
        if (key == null) {
            throw unreadable("Another box sealed it.", null);
        }
        byte[] content = sealed.content();
        if (content.length < NONCE_BYTES + TAG_BITS / Byte.SIZE) {
            throw unreadable("It is cut.", null);
        }
        try {
            return cipher(Cipher.DECRYPT_MODE, purpose, sealed.keyId(), key, content)
                    .doFinal(content, NONCE_BYTES, content.length - NONCE_BYTES);
        } catch (GeneralSecurityException changed) {
            throw unreadable("It was changed, or sealed for another purpose.", changed);
        }
    }

    private static Cipher cipher(int mode, String purpose, String id, byte[] key, byte[] nonce)
            throws GeneralSecurityException {
        byte[] head = (PREFIX + FORM + id + ":").getBytes(StandardCharsets.US_ASCII);
        byte[] derived = Digests.hmac("HmacSHA256", key, head, purpose.getBytes(StandardCharsets.UTF_8));
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, new SecretKeySpec(derived, "AES"), new GCMParameterSpec(TAG_BITS, nonce, 0, NONCE_BYTES));
        cipher.updateAAD(head);
        return cipher;
    }

    private static SoleraException unreadable(String why, @Nullable Throwable cause) {
        return new SoleraException(
                PlatformError.INTERNAL,
                "A sealed secret cannot be opened. " + why,
                "Set the secret again, or restore the key of the box that sealed it from a backup.",
                cause);
    }
}
