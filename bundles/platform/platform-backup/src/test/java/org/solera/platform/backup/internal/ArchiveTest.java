// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.backup.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.backup.BackupError;

class ArchiveTest {
    private static final ArchiveKeys.Cost CHEAP = new ArchiveKeys.Cost(8, 1, 1);
    private static final char[] PASSPHRASE = "correct horse battery".toCharArray();
    private final Random random = new Random(7);

    private byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private byte[] archive(Map<String, byte[]> parts) throws IOException, SoleraException {
        byte[] salt = bytes(ArchiveKeys.SALT_BYTES);
        ArchiveKeys keys = ArchiveKeys.derive(PASSPHRASE, salt, CHEAP);
        ArchiveHeader header = new ArchiveHeader(
                CHEAP,
                salt,
                keys.check(),
                bytes(ArchiveHeader.NONCE_BYTES),
                Instant.ofEpochMilli(1_800_000_000_000L),
                "1.0.0",
                "box-1",
                List.copyOf(parts.keySet()));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ArchiveWriter writer = new ArchiveWriter(out, header, keys)) {
            int order = 5;
            for (Map.Entry<String, byte[]> each : parts.entrySet()) {
                writer.part(each.getKey(), order++, to -> to.write(each.getValue()));
            }
            writer.finish();
        }
        return out.toByteArray();
    }

    private static Map<String, byte[]> read(byte[] archive, char[] passphrase) throws IOException, SoleraException {
        Map<String, byte[]> parts = new LinkedHashMap<>();
        ArchiveReader.read(
                new ByteArrayInputStream(archive),
                passphrase,
                (id, order, content) -> parts.put(id, content.readAllBytes()));
        return parts;
    }

    private static Object refusal(byte[] archive, char[] passphrase) {
        return assertThrows(SoleraException.class, () -> read(archive, passphrase))
                .code();
    }

    @Test
    void givesBackEveryPart() throws IOException, SoleraException {
        for (int length : new int[] {0, 1, 32_767, 32_768, 32_769, 65_535, 65_536, 65_537, 300_000}) {
            Map<String, byte[]> parts = new LinkedHashMap<>();
            parts.put("database", bytes(length));
            parts.put("empty", new byte[0]);
            parts.put("text", "same ".repeat(length).getBytes(StandardCharsets.UTF_8));
            Map<String, byte[]> back = read(archive(parts), PASSPHRASE);
            assertEquals(parts.keySet(), back.keySet());
            parts.forEach((id, content) -> assertArrayEquals(content, back.get(id)));
        }
    }

    @Test
    void packsAndHidesTheContent() throws IOException, SoleraException {
        byte[] archive = archive(Map.of("text", "secret ".repeat(100_000).getBytes(StandardCharsets.UTF_8)));
        assertTrue(archive.length < 20_000, archive.length + " bytes");
        assertFalse(new String(archive, StandardCharsets.ISO_8859_1).contains("secret"));
    }

    @Test
    void tellsItsPartsWithoutPassphrase() throws IOException, SoleraException {
        ArchiveHeader header = ArchiveHeader.read(new ByteArrayInputStream(archive(Map.of("database", bytes(10)))))
                .header();
        assertEquals(List.of("database"), header.parts());
        assertEquals("1.0.0", header.version());
        assertEquals("box-1", header.box());
    }

    @Test
    void tellsAWrongPassphraseFromDamage() throws IOException, SoleraException {
        byte[] archive = archive(Map.of("database", bytes(10)));
        assertEquals(BackupError.WRONG_PASSPHRASE, refusal(archive, "correct horse batterz".toCharArray()));
    }

    @Test
    void findsEveryCut() throws IOException, SoleraException {
        byte[] archive = archive(Map.of("database", bytes(200_000)));
        List<Integer> lengths = new ArrayList<>();
        for (int length = 0; length < 200; length++) {
            lengths.add(length);
        }
        for (int length = archive.length - 200; length < archive.length; length++) {
            lengths.add(length);
        }
        for (int n = 0; n < 300; n++) {
            lengths.add(random.nextInt(archive.length));
        }
        int head = archive.length - 200_000; // the chunk borders are where a cut is hardest to see
        for (int chunk = 1; chunk <= 3; chunk++) {
            for (int off = -40; off < 40; off++) {
                lengths.add(Math.min(
                        archive.length - 1, Math.max(0, head + chunk * (ChunkCipher.CHUNK_BYTES + 16) + off)));
            }
        }
        for (int length : lengths) {
            assertThrows(
                    SoleraException.class,
                    () -> read(Arrays.copyOf(archive, length), PASSPHRASE),
                    () -> "cut to " + length);
        }
    }

    @Test
    void findsEveryChangedBit() throws IOException, SoleraException {
        byte[] archive = archive(Map.of("database", bytes(70_000)));
        for (int n = 0; n < 2_000; n++) {
            int at = n < 400 ? n % 150 : random.nextInt(archive.length);
            byte[] changed = archive.clone();
            changed[at] ^= (byte) (1 << random.nextInt(8));
            if (at == 9) {
                continue; // the minor version may grow; it is bound to the chunks all the same
            }
            assertThrows(SoleraException.class, () -> read(changed, PASSPHRASE), () -> "changed at " + at);
        }
        byte[] minor = archive.clone();
        minor[9] = 7;
        assertEquals(BackupError.DAMAGED_ARCHIVE, refusal(minor, PASSPHRASE));
    }

    @Test
    void findsChunksThatWereMovedAndWhatWasAdded() throws IOException, SoleraException {
        byte[] archive = archive(Map.of("database", bytes(300_000)));
        int chunk = ChunkCipher.CHUNK_BYTES + ChunkCipher.TAG_BYTES;
        int header = 12 + ((archive[10] & 0xff) << 8 | archive[11] & 0xff);
        byte[] swapped = archive.clone();
        System.arraycopy(archive, header, swapped, header + chunk, chunk);
        System.arraycopy(archive, header + chunk, swapped, header, chunk);
        assertEquals(BackupError.DAMAGED_ARCHIVE, refusal(swapped, PASSPHRASE));
        assertEquals(BackupError.DAMAGED_ARCHIVE, refusal(Arrays.copyOf(archive, archive.length + 1), PASSPHRASE));
        assertEquals(BackupError.DAMAGED_ARCHIVE, refusal(Arrays.copyOf(archive, archive.length + chunk), PASSPHRASE));
    }

    @Test
    void refusesNewerFormatsAndUnbearableCosts() throws IOException, SoleraException {
        byte[] archive = archive(Map.of("database", bytes(10)));
        byte[] newer = archive.clone();
        newer[8] = 2;
        assertEquals(BackupError.UNSUPPORTED_FORMAT, refusal(newer, PASSPHRASE));
        byte[] greedy = archive.clone();
        greedy[13] = 0x7f; // memory
        assertEquals(BackupError.DAMAGED_ARCHIVE, refusal(greedy, PASSPHRASE));
        assertEquals(
                BackupError.DAMAGED_ARCHIVE,
                refusal("PK\3\4 no archive at all".getBytes(StandardCharsets.US_ASCII), PASSPHRASE));
    }

    @Test
    void stopsWhenTheDiskIsFull() {
        OutputStream full = new OutputStream() {
            private int left = 100_000;

            @Override
            public void write(int one) throws IOException {
                if (--left < 0) {
                    throw new IOException("No space left on device");
                }
            }
        };
        byte[] salt = bytes(ArchiveKeys.SALT_BYTES);
        ArchiveKeys keys = ArchiveKeys.derive(PASSPHRASE, salt, CHEAP);
        ArchiveHeader header = new ArchiveHeader(
                CHEAP, salt, keys.check(), bytes(7), Instant.EPOCH, "1.0.0", "box", List.of("database"));
        assertThrows(IOException.class, () -> {
            try (ArchiveWriter writer = new ArchiveWriter(full, header, keys)) {
                writer.part("database", 1, out -> new Endless(random).transferTo(out));
            }
        });
    }

    private static final class Endless extends InputStream {
        private final Random random;

        Endless(Random random) {
            this.random = random;
        }

        @Override
        public int read() {
            return random.nextInt(256);
        }
    }
}
