// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.settings.internal;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.solera.platform.api.PlatformError;
import org.solera.platform.api.SoleraException;

/**
 * Configurations as bytes, big-endian.
 *
 * <pre>
 * file    := magic "SOLCONF\n"  major:u8 (1)  minor:u8 (0)  count:i32  configuration*
 * configuration := pid:text  count:i32  (key:text value)*
 * value   := 'S' text | 'L' i64 | 'I' i32 | 'D' f64 | 'B' u8 | 'A' count:i32 text*
 * text    := length:i32 UTF-8
 * </pre>
 *
 * A greater major version is refused; minor versions only add kinds of values that older readers refuse by name.
 */
final class SettingsFormat {
    private static final byte[] MAGIC = "SOLCONF\n".getBytes(StandardCharsets.US_ASCII);
    private static final int MAJOR = 1;
    private static final int MOST = 100_000;
    private static final int LONGEST = 16 << 20;

    private SettingsFormat() {}

    static void write(SortedMap<String, SortedMap<String, Object>> all, OutputStream to) throws IOException {
        DataOutputStream out = new DataOutputStream(to);
        out.write(MAGIC);
        out.writeByte(MAJOR);
        out.writeByte(0);
        out.writeInt(all.size());
        for (Map.Entry<String, SortedMap<String, Object>> each : all.entrySet()) {
            text(out, each.getKey());
            out.writeInt(each.getValue().size());
            for (Map.Entry<String, Object> property : each.getValue().entrySet()) {
                text(out, property.getKey());
                value(out, property.getValue());
            }
        }
        out.flush();
    }

    private static void value(DataOutputStream out, Object value) throws IOException {
        if (value instanceof Long number) {
            out.writeByte('L');
            out.writeLong(number);
        } else if (value instanceof Integer || value instanceof Short || value instanceof Byte) {
            out.writeByte('I');
            out.writeInt(((Number) value).intValue());
        } else if (value instanceof Double || value instanceof Float) {
            out.writeByte('D');
            out.writeDouble(((Number) value).doubleValue());
        } else if (value instanceof Boolean truth) {
            out.writeByte('B');
            out.writeByte(truth ? 1 : 0);
        } else if (value instanceof Object[] several) {
            texts(out, List.of(several));
        } else if (value instanceof Collection<?> several) {
            texts(out, several);
        } else {
            out.writeByte('S');
            text(out, String.valueOf(value));
        }
    }

    private static void texts(DataOutputStream out, Collection<?> several) throws IOException {
        out.writeByte('A');
        out.writeInt(several.size());
        for (Object each : several) {
            text(out, String.valueOf(each));
        }
    }

    private static void text(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    static SortedMap<String, SortedMap<String, Object>> read(InputStream from) throws SoleraException, IOException {
        try {
            DataInputStream in = new DataInputStream(from);
            if (!Arrays.equals(in.readNBytes(MAGIC.length), MAGIC)) {
                throw damaged("do not begin as settings do", null);
            }
            int major = in.readUnsignedByte();
            int minor = in.readUnsignedByte();
            if (major > MAJOR) {
                throw damaged("have format %d.%d, newer than this version reads".formatted(major, minor), null);
            }
            SortedMap<String, SortedMap<String, Object>> all = new TreeMap<>();
            for (int left = count(in); left > 0; left--) {
                String pid = text(in);
                SortedMap<String, Object> properties = new TreeMap<>();
                for (int more = count(in); more > 0; more--) {
                    properties.put(text(in), value(in));
                }
                all.put(pid, properties);
            }
            return all;
        } catch (EOFException cut) {
            throw damaged("end too early", cut);
        }
    }

    private static Object value(DataInputStream in) throws SoleraException, IOException {
        int kind = in.readUnsignedByte();
        switch (kind) {
            case 'S':
                return text(in);
            case 'L':
                return in.readLong();
            case 'I':
                return in.readInt();
            case 'D':
                return in.readDouble();
            case 'B':
                return in.readUnsignedByte() == 1;
            case 'A':
                List<String> several = new ArrayList<>();
                for (int left = count(in); left > 0; left--) {
                    several.add(text(in));
                }
                return several.toArray(String[]::new);
            default:
                throw damaged("hold a value of the unknown kind %d".formatted(kind), null);
        }
    }

    private static int count(DataInputStream in) throws SoleraException, IOException {
        int count = in.readInt();
        if (count < 0 || count > MOST) {
            throw damaged("hold a count of %d".formatted(count), null);
        }
        return count;
    }

    private static String text(DataInputStream in) throws SoleraException, IOException {
        int length = in.readInt();
        if (length < 0 || length > LONGEST) {
            throw damaged("hold a text of %d bytes".formatted(length), null);
        }
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw damaged("end too early", null);
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static SoleraException damaged(String how, @Nullable Throwable cause) {
        return new SoleraException(
                PlatformError.INVALID_REQUEST,
                "The settings in the archive %s.".formatted(how),
                "Take another archive.",
                cause);
    }
}
