// SPDX-License-Identifier: Apache-2.0
package org.solera.storage.engine.internal;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * The layout of a body file. The content is cut into blocks of 64 KiB; each carries its checksum behind it, so that any
 * range is verified with one read. All numbers are big-endian.
 *
 * <pre>
 * +------+-------+-------+---------+------------+--------+
 * | SOLB | major | minor | id (16) | block size | CRC32C |   32 bytes; CRC32C of the 28 bytes before
 * +------+-------+-------+---------+------------+--------+
 * | content of block 0 (65,536 bytes, the last block less)   | CRC32C of content, id and block number |
 * | content of block 1                                       | CRC32C |
 * ...
 * </pre>
 *
 * <p>The length of the content is not in the file but in the manifest; the file length follows from it. A reader refuses
 * another major version and ignores the minor one.
 */
final class BodyFormat {
    static final int BLOCK_BYTES = 64 << 10;
    static final int CRC_BYTES = 4;
    static final int STRIDE_BYTES = BLOCK_BYTES + CRC_BYTES;
    static final int HEADER_BYTES = 32;
    private static final int MAGIC = 0x534F4C42; // SOLB
    private static final short MAJOR = 1;
    private static final short MINOR = 0;

    private BodyFormat() {}

    static byte[] header(BodyId id) {
        ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES);
        header.putInt(MAGIC).putShort(MAJOR).putShort(MINOR);
        header.putLong(id.high()).putLong(id.low()).putInt(BLOCK_BYTES);
        CRC32C crc = new CRC32C();
        crc.update(header.array(), 0, HEADER_BYTES - CRC_BYTES);
        header.putInt((int) crc.getValue());
        return header.array();
    }

    /** {@return whether these are the first bytes of the body with this id, in a version that can be read} */
    static boolean isHeader(byte[] bytes, BodyId id) {
        byte[] wanted = header(id);
        ByteBuffer found = ByteBuffer.wrap(bytes);
        wanted[6] = bytes[6]; // the minor version may differ; its checksum then differs as well
        wanted[7] = bytes[7];
        CRC32C crc = new CRC32C();
        crc.update(wanted, 0, HEADER_BYTES - CRC_BYTES);
        ByteBuffer.wrap(wanted).putInt(HEADER_BYTES - CRC_BYTES, (int) crc.getValue());
        return found.equals(ByteBuffer.wrap(wanted));
    }

    static long fileBytes(long contentBytes) {
        return HEADER_BYTES + contentBytes + CRC_BYTES * blocks(contentBytes);
    }

    static long blocks(long contentBytes) {
        return (contentBytes + BLOCK_BYTES - 1) / BLOCK_BYTES;
    }

    static long blockOffset(long block) {
        return HEADER_BYTES + block * STRIDE_BYTES;
    }

    /** {@return the checksum of a block, which also fails for a block that belongs elsewhere} */
    static int checksum(BodyId id, long block, byte[] bytes, int offset, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, offset, length);
        crc.update(ByteBuffer.allocate(24)
                .putLong(id.high())
                .putLong(id.low())
                .putLong(block)
                .flip());
        return (int) crc.getValue();
    }

    static void putInt(byte[] bytes, int offset, int value) {
        ByteBuffer.wrap(bytes).putInt(offset, value);
    }

    static int getInt(byte[] bytes, int offset) {
        return ByteBuffer.wrap(bytes).getInt(offset);
    }
}
