// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.security.internal;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.solera.platform.api.access.AccountRow;

/**
 * The people as the database had them last, for a start while the database is away: {@code state/security/accounts.sealed}.
 *
 * <pre>
 * length       4 bytes, of the rows
 * rows         see {@link RowCodec}
 * later        4 bytes count, then kind (2 bytes) and key of each row that the database has yet to take
 * </pre>
 *
 * <p>A copy that could not be written is deleted: somebody who was disabled must not come back with it. <b>Thread-safety:</b> thread-safe.
 */
final class LocalCopy {
    /** Which row. */
    record RowId(char kind, String key) {
        static RowId of(AccountRow row) {
            if (row instanceof AccountRow.UserRow) {
                return new RowId('u', row.key());
            }
            if (row instanceof AccountRow.GroupRow) {
                return new RowId('g', row.key());
            }
            return new RowId(row instanceof AccountRow.TokenRow ? 't' : 'k', row.key());
        }
    }

    /**
     * What the copy holds.
     *
     * @param rows everybody
     * @param later rows that the database has yet to take
     */
    record Content(List<AccountRow> rows, Set<RowId> later) {}

    private final GroupedFile file;

    LocalCopy(Path folder, MasterKeys keys) {
        this.file = new GroupedFile(
                new SealedFile(folder.resolve("accounts.sealed"), keys, "accounts"), "The local copy of the accounts");
    }

    /** {@return why the last copy could not be written; empty when it was} */
    String problem() {
        return file.problem();
    }

    /** {@return the copy; empty if there is none} */
    Optional<Content> read() throws IOException {
        Optional<byte[]> bytes = file.read();
        if (bytes.isEmpty()) {
            return Optional.empty();
        }
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes.get()))) {
            int length = in.readInt();
            if (length < 0 || length > in.available()) {
                throw new IOException("The copy of the accounts is cut.");
            }
            List<AccountRow> rows = RowCodec.decode(in.readNBytes(length));
            Set<RowId> later = new HashSet<>();
            for (int left = in.readInt(); left > 0; left--) {
                later.add(new RowId(in.readChar(), in.readUTF()));
            }
            return Optional.of(new Content(rows, later));
        }
    }

    /** Writes what there is now; {@return whether it is on disk} */
    boolean save(Supplier<Content> now) {
        return file.save(() -> encode(now.get()));
    }

    private static byte[] encode(Content content) throws IOException {
        byte[] rows = RowCodec.encode(content.rows());
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(rows.length + 1024);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(rows.length);
            out.write(rows);
            out.writeInt(content.later().size());
            for (RowId each : content.later()) {
                out.writeChar(each.kind());
                out.writeUTF(each.key());
            }
        }
        return bytes.toByteArray();
    }

    /** Takes the copy away, so that no start uses it. */
    void forget() {
        file.forget();
    }
}
