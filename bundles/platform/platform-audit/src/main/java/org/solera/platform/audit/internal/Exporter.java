// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.audit.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Writes records as they lie in the segments, oldest first, then one line with the signature. Used by one thread, once. */
final class Exporter {
    private final Path folder;
    private final BoxKey key;
    private final ChainState state;
    private final MessageDigest digest = Lines.sha256();
    private long records;
    private long first;
    private long last;

    Exporter(Path folder, BoxKey key, ChainState state) {
        this.folder = folder;
        this.key = key;
        this.state = state;
    }

    void run(@Nullable Instant notBefore, @Nullable Instant before, OutputStream out) throws IOException {
        String from = Searcher.bound(notBefore, "");
        String to = Searcher.bound(before, "~");
        for (Segment segment : state.segments()) {
            if (Searcher.overlaps(segment, from, to)) {
                segment(segment, from, to, out);
            }
        }
        byte[] sum = digest.digest();
        String line = ("{\"magic\":\"solera-audit-export\",\"version\":\"1.0\",\"records\":%d,\"first\":%d,\"last\":%d,"
                        + "\"sha256\":\"%s\",\"algorithm\":\"Ed25519\",\"publicKey\":\"%s\",\"signature\":\"%s\"}\n")
                .formatted(records, first, last, HexFormat.of().formatHex(sum), key.publicText(), key.sign(sum));
        out.write(line.getBytes(UTF_8));
        out.flush();
    }

    private void segment(Segment segment, String from, String to, OutputStream out) throws IOException {
        try (LineReader lines = new LineReader(segment.file(folder), segment.bytes())) {
            lines.next(); // the head of the segment is no record
            for (Lines.View line = lines.next(); line != null; line = lines.next()) {
                String time = line.length() > Lines.NO_HASH.length() ? line.time() : "";
                if (time.compareTo(from) >= 0 && time.compareTo(to) < 0) {
                    out.write(line.buffer(), line.from(), line.length());
                    out.write('\n');
                    digest.update(line.buffer(), line.from(), line.length());
                    digest.update((byte) '\n');
                    last = line.sequence();
                    first = records++ == 0 ? last : first;
                }
            }
        }
    }
}
