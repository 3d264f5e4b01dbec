// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.audit.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.solera.platform.api.audit.AuditVerdict;

/**
 * A chain in a backup: a ZIP with its segments, {@code head} and {@code public.pem}.
 */
final class ChainArchive {
    private static final String HEAD = "head";
    private static final String KEY = "public.pem";
    private static final int MOST_ENTRIES = 100_000;

    /** Space that has to be left on the drive, in bytes. */
    private static final long RESERVE = 256L << 20;

    private ChainArchive() {}

    /**
     * A chain that was taken out of an archive.
     *
     * @param sequence last record
     * @param hash its hash
     * @param verdict whether it is whole
     */
    record Taken(long sequence, String hash, AuditVerdict verdict) {}

    /** Writes the chain as it is now. */
    static void write(OpenChain chain, OutputStream out) throws IOException {
        ChainState state = chain.state();
        ZipOutputStream zip = new ZipOutputStream(new FilterOutputStream(out) {
            @Override
            public void write(byte[] bytes, int from, int length) throws IOException {
                out.write(bytes, from, length);
            }

            @Override
            public void close() {
                // the archive goes on behind this part
            }
        });
        try (zip) {
            zip.setLevel(Deflater.BEST_SPEED);
            for (Segment segment : state.segments()) {
                zip.putNextEntry(new ZipEntry(Segment.name(segment.number())));
                copy(segment.file(chain.folder()), segment.bytes(), zip);
                zip.closeEntry();
            }
            put(
                    zip,
                    HEAD,
                    Head.encode(
                            state.sequence(),
                            state.hash(),
                            Lines.time(chain.clock().instant()),
                            chain.key()));
            put(zip, KEY, chain.key().publicPem().getBytes(UTF_8));
        }
    }

    private static void put(ZipOutputStream zip, String name, byte[] content) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(content);
        zip.closeEntry();
    }

    private static void copy(Path file, long bytes, OutputStream out) throws IOException {
        byte[] buffer = new byte[64 * 1024];
        long left = bytes;
        try (InputStream in = Files.newInputStream(file)) {
            while (left > 0) {
                int got = in.read(buffer, 0, (int) Math.min(buffer.length, left));
                if (got < 0) {
                    throw new IOException("Segment %s became shorter.".formatted(file.getFileName()));
                }
                out.write(buffer, 0, got);
                left -= got;
            }
        }
    }

    /** Takes a chain out into a new folder and checks it. */
    static Taken extract(InputStream in, Path folder) throws IOException {
        Files.createDirectory(folder);
        FileStore store = Files.getFileStore(folder);
        ZipInputStream zip = new ZipInputStream(in);
        int entries = 0;
        for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
            String name = entry.getName();
            if (++entries > MOST_ENTRIES || !(name.equals(HEAD) || name.equals(KEY) || Segment.isName(name))) {
                throw new IOException("The archive holds something that is no part of an audit.");
            }
            take(zip, folder.resolve(name), store);
        }
        SafeFile.forceFolder(folder);
        return judge(folder);
    }

    private static void take(InputStream in, Path file, FileStore store) throws IOException {
        byte[] buffer = new byte[64 * 1024];
        try (FileChannel channel = FileChannel.open(
                file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), SafeFile.OWNER_ONLY)) {
            long taken = 0;
            for (int got = in.read(buffer); got >= 0; got = in.read(buffer)) {
                if (taken >> 20 != (taken + got) >> 20 && store.getUsableSpace() < RESERVE) {
                    throw new IOException("Less than %,d MiB are left on the drive.".formatted(RESERVE >> 20));
                }
                taken += got;
                ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, got);
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
            }
            channel.force(true);
        }
    }

    private static Taken judge(Path folder) throws IOException {
        Path pem = folder.resolve(KEY);
        if (!Files.exists(pem) || !Files.exists(folder.resolve(HEAD))) {
            throw new IOException("The archive holds no audit, or not all of it.");
        }
        BoxKey key = BoxKey.publicOnly(Files.readString(pem, UTF_8));
        Head head = Head.read(folder, key).orElseThrow();
        List<Segment> segments = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.sorted().toList()) {
                String name = file.getFileName().toString();
                if (Segment.isName(name)) {
                    segments.add(new Segment(Segment.numberOf(name), 0, "", Files.size(file), "", "", false));
                }
            }
        }
        if (segments.isEmpty() || !head.valid()) {
            throw new IOException("The archive holds an audit without records, or with a changed head.");
        }
        ChainState state = new ChainState(segments, head.sequence(), head.hash());
        return new Taken(head.sequence(), head.hash(), new Verifier(folder, key, state).run());
    }
}
