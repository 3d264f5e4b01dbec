// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.audit.internal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.solera.platform.api.audit.AuditEvent;

/** Makes long chains quickly, in batches of 10,000. */
final class Bulk {
    private Bulk() {}

    static void fill(Path folder, int records, long segmentBytes) throws IOException {
        Files.createDirectories(folder);
        BoxKey key = BoxKey.open(folder);
        Recovery.Found found = new Recovery(folder, key).run();
        Clock clock = Clock.systemUTC();
        MessageDigest digest = Lines.sha256();
        ChainWriter writer = new ChainWriter(folder, AppendFiles.disk(), key, clock, segmentBytes, found.state());
        try (writer) {
            Instant time = Instant.parse("2026-01-01T00:00:00Z");
            for (int i = 0; i < records; ) {
                if (writer.full()) {
                    writer.rotate(List.of());
                }
                ByteArrayOutputStream lines = new ByteArrayOutputStream();
                Segment last = writer.state().last();
                long sequence = writer.state().sequence();
                String hash = writer.state().hash();
                for (int j = 0; j < 10_000 && i < records; j++, i++) {
                    time = time.plusMillis(10);
                    AuditEvent event = Box.event("anna", "storage.put", "/api/v1/storage/buckets/photos-" + i);
                    Lines.Encoded line =
                            Lines.encode(++sequence, time, new Lines.Body(event, "noted", null, "", ""), hash, digest);
                    hash = line.hash();
                    lines.writeBytes(line.bytes());
                    last = last.grown(line.bytes().length, Lines.time(time));
                }
                writer.append(ByteBuffer.wrap(lines.toByteArray()), last, sequence, hash);
            }
            Head.write(folder, writer.state().sequence(), writer.state().hash(), Lines.time(time), key);
        }
    }
}
