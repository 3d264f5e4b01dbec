// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.backup.internal;

import java.io.IOException;
import java.io.OutputStream;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import org.solera.platform.api.SoleraException;

/** Writes archives of this box. Thread-safe. */
final class ArchiveMaker {
    /** One part and where its bytes come from. */
    record Source(String id, int order, ArchiveWriter.Content content) {}

    /** Told of each part before it is written. */
    interface Progress {
        void at(int done, String part);
    }

    private final Clock clock;
    private final String version;
    private final String box;
    private final ArchiveKeys.Cost cost;
    private final SecureRandom random = new SecureRandom();

    /**
     * @param version version of the product
     * @param box id of this box
     */
    ArchiveMaker(Clock clock, String version, String box, ArchiveKeys.Cost cost) {
        this.clock = clock;
        this.version = version;
        this.box = box;
        this.cost = cost;
    }

    String box() {
        return box;
    }

    String version() {
        return version;
    }

    void write(OutputStream out, char[] passphrase, List<Source> sources, Progress progress)
            throws SoleraException, IOException {
        byte[] salt = bytes(ArchiveKeys.SALT_BYTES);
        ArchiveKeys keys = ArchiveKeys.derive(passphrase, salt, cost);
        try {
            ArchiveHeader header = new ArchiveHeader(
                    cost,
                    salt,
                    keys.check(),
                    bytes(ArchiveHeader.NONCE_BYTES),
                    clock.instant(),
                    version,
                    box,
                    sources.stream().map(Source::id).toList());
            try (ArchiveWriter writer = new ArchiveWriter(out, header, keys)) {
                int done = 0;
                for (Source source : sources) {
                    progress.at(done++, source.id());
                    writer.part(source.id(), source.order(), source.content());
                }
                writer.finish();
            }
        } finally {
            keys.forget();
        }
    }

    private byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}
