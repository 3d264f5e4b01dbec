// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.security.internal;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.solera.platform.api.Grant;
import org.solera.platform.api.access.AccountRow;
import org.solera.platform.api.access.Group;
import org.solera.platform.api.access.KeyView;
import org.solera.platform.api.access.Token;
import org.solera.platform.api.access.User;

/**
 * Rows as bytes. Each row is its kind (1 byte), the length of what follows (4 bytes) and its fields in the order of the
 * record; a later minor version may append fields, which this one passes over. Texts are modified UTF-8 with 2 bytes of
 * length, times are milliseconds since 1970, {@link Long#MIN_VALUE} for none.
 */
final class RowCodec {
    private static final int MOST_ROWS = 1_000_000;
    private static final Instant FARTHEST = Instant.parse("9999-12-31T23:59:59Z");

    private RowCodec() {}

    static byte[] encode(Collection<? extends AccountRow> rows) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(rows.size());
            for (AccountRow row : rows) {
                ByteArrayOutputStream body = new ByteArrayOutputStream();
                char kind;
                try (DataOutputStream fields = new DataOutputStream(body)) {
                    kind = write(row, fields);
                }
                out.writeByte(kind);
                out.writeInt(body.size());
                body.writeTo(out);
            }
        }
        return bytes.toByteArray();
    }

    /** @throws IOException if the bytes are no rows */
    static List<AccountRow> decode(byte[] bytes) throws IOException {
        List<AccountRow> rows = new ArrayList<>();
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            int count = in.readInt();
            if (count < 0 || count > MOST_ROWS) {
                throw new IOException("%d rows are announced.".formatted(count));
            }
            for (int i = 0; i < count; i++) {
                char kind = (char) in.readUnsignedByte();
                int length = in.readInt();
                if (length < 0 || length > in.available()) {
                    throw new IOException("A row is cut.");
                }
                rows.add(read(kind, new DataInputStream(new ByteArrayInputStream(in.readNBytes(length)))));
            }
        } catch (IllegalArgumentException damaged) {
            throw new IOException("A row is damaged.", damaged);
        }
        return rows;
    }

    private static char write(AccountRow row, DataOutputStream out) throws IOException {
        if (row instanceof AccountRow.UserRow user) {
            writeUser(user, out);
            return 'u';
        }
        if (row instanceof AccountRow.GroupRow group) {
            texts(out, group.group().name(), group.group().description());
            grants(out, group.group().grants());
            set(out, group.group().external());
            out.writeLong(group.group().version());
            return 'g';
        }
        if (row instanceof AccountRow.TokenRow token) {
            writeToken(token, out);
            return 't';
        }
        if (row instanceof AccountRow.KeyRow key) {
            texts(out, key.view().id(), key.view().user(), key.view().title());
            grants(out, key.view().grants());
            out.writeBoolean(key.view().enabled());
            time(out, key.view().createdAt());
            time(out, key.view().expiresAt());
            out.writeUTF(key.sealedSecret());
            return 'k';
        }
        writeSession((AccountRow.SessionRow) row, out);
        return 's';
    }

    private static AccountRow read(char kind, DataInputStream in) throws IOException {
        return switch (kind) {
            case 'u' -> readUser(in);
            case 'g' ->
                new AccountRow.GroupRow(new Group(in.readUTF(), in.readUTF(), grants(in), set(in), in.readLong()));
            case 't' -> readToken(in);
            case 'k' ->
                new AccountRow.KeyRow(
                        new KeyView(
                                in.readUTF(),
                                in.readUTF(),
                                in.readUTF(),
                                grants(in),
                                in.readBoolean(),
                                time(in),
                                timeOrNull(in)),
                        in.readUTF());
            case 's' -> readSession(in);
            default -> throw new IOException("A row is of a kind that this version does not know.");
        };
    }

    private static void writeUser(AccountRow.UserRow row, DataOutputStream out) throws IOException {
        User user = row.user();
        texts(out, user.name(), user.displayName(), user.email(), user.source());
        out.writeBoolean(user.enabled());
        set(out, user.groups());
        grants(out, user.grants());
        out.writeBoolean(user.secondFactor());
        out.writeBoolean(user.mustChangePassword());
        time(out, user.createdAt());
        time(out, user.lastSignInAt());
        out.writeLong(user.version());
        texts(out, row.subject(), row.password(), row.secondFactor(), row.pendingSecondFactor());
        out.writeLong(row.lastCode());
        set(out, row.recovery());
    }

    private static AccountRow readUser(DataInputStream in) throws IOException {
        User user = new User(
                in.readUTF(),
                in.readUTF(),
                in.readUTF(),
                in.readUTF(),
                in.readBoolean(),
                set(in),
                grants(in),
                in.readBoolean(),
                in.readBoolean(),
                time(in),
                timeOrNull(in),
                in.readLong());
        return new AccountRow.UserRow(
                user, in.readUTF(), in.readUTF(), in.readUTF(), in.readUTF(), in.readLong(), set(in));
    }

    private static void writeToken(AccountRow.TokenRow row, DataOutputStream out) throws IOException {
        Token token = row.token();
        texts(out, token.id(), token.user(), token.title());
        grants(out, token.grants());
        out.writeBoolean(token.readOnly());
        time(out, token.createdAt());
        time(out, token.expiresAt());
        time(out, token.lastUsedAt());
        out.writeUTF(row.hash());
    }

    private static AccountRow readToken(DataInputStream in) throws IOException {
        Token token = new Token(
                in.readUTF(),
                in.readUTF(),
                in.readUTF(),
                grants(in),
                in.readBoolean(),
                time(in),
                time(in),
                timeOrNull(in));
        return new AccountRow.TokenRow(token, in.readUTF());
    }

    private static void writeSession(AccountRow.SessionRow row, DataOutputStream out) throws IOException {
        texts(out, row.id(), row.user(), row.hash(), row.csrf(), row.origin(), row.agent());
        time(out, row.since());
        time(out, row.until());
        time(out, row.lastUsedAt());
        time(out, row.endedAt());
    }

    private static AccountRow readSession(DataInputStream in) throws IOException {
        return new AccountRow.SessionRow(
                in.readUTF(),
                in.readUTF(),
                in.readUTF(),
                in.readUTF(),
                in.readUTF(),
                in.readUTF(),
                time(in),
                time(in),
                time(in),
                timeOrNull(in));
    }

    private static void texts(DataOutputStream out, String... texts) throws IOException {
        for (String text : texts) {
            out.writeUTF(text);
        }
    }

    private static void grants(DataOutputStream out, Set<Grant> grants) throws IOException {
        set(out, grants.stream().map(Grant::toString).collect(Collectors.toSet()));
    }

    private static Set<Grant> grants(DataInputStream in) throws IOException {
        return set(in).stream().map(Grant::parse).collect(Collectors.toSet());
    }

    private static void set(DataOutputStream out, Set<String> texts) throws IOException {
        out.writeShort(texts.size());
        for (String text : texts.stream().sorted().toList()) {
            out.writeUTF(text);
        }
    }

    private static Set<String> set(DataInputStream in) throws IOException {
        int count = in.readUnsignedShort();
        Set<String> texts = new HashSet<>();
        for (int i = 0; i < count; i++) {
            texts.add(in.readUTF());
        }
        return texts;
    }

    /** Milliseconds do not reach as far as times do: one row with such a time must not keep all others from the disk. */
    private static void time(DataOutputStream out, @Nullable Instant time) throws IOException {
        if (time == null) {
            out.writeLong(Long.MIN_VALUE);
        } else {
            out.writeLong(time.isAfter(FARTHEST) ? FARTHEST.toEpochMilli() : time.toEpochMilli());
        }
    }

    private static Instant time(DataInputStream in) throws IOException {
        return Instant.ofEpochMilli(in.readLong());
    }

    private static @Nullable Instant timeOrNull(DataInputStream in) throws IOException {
        long millis = in.readLong();
        return millis == Long.MIN_VALUE ? null : Instant.ofEpochMilli(millis);
    }
}
