// SPDX-License-Identifier: Apache-2.0
package org.solera.storage.erasure;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Four field elements in an int, and loops over arrays of them that the compiler of the JVM turns into vector
 * instructions. Each loop does one thing to arrays of one length: anything cleverer is not vectorised.
 */
final class Lanes {
    /** Ints of a block; the arrays of a block of 20 shards stay within the second cache. */
    static final int BLOCK = 1024;

    private Lanes() {}

    /** {@return each of the four elements times two} */
    static int twice(int four) {
        return ((four & 0x7f7f7f7f) << 1) ^ (((four >>> 7) & 0x01010101) * 0x1d);
    }

    static void sum(int[] out, int[] a, int[] b, int count) {
        for (int i = 0; i < count; i++) {
            out[i] = a[i] ^ b[i];
        }
    }

    static void add(int[] out, int[] a, int count) {
        for (int i = 0; i < count; i++) {
            out[i] ^= a[i];
        }
    }

    static void add(int[] out, int[] a, int[] b, int[] c, int[] d, int count) {
        for (int i = 0; i < count; i++) {
            out[i] ^= a[i] ^ b[i] ^ c[i] ^ d[i];
        }
    }

    static void doubleOf(int[] out, int count) {
        for (int i = 0; i < count; i++) {
            out[i] = twice(out[i]);
        }
    }

    static void doubleAndAdd(int[] out, int[] a, int count) {
        for (int i = 0; i < count; i++) {
            out[i] = twice(out[i]) ^ a[i];
        }
    }

    static void doubleAndAdd(int[] out, int[] a, int[] b, int[] c, int[] d, int count) {
        for (int i = 0; i < count; i++) {
            out[i] = twice(out[i]) ^ a[i] ^ b[i] ^ c[i] ^ d[i];
        }
    }

    /** One data shard more for P (the sum) and Q (Horner's rule, from the last shard to the first). */
    static void pq(int[] p, int[] q, int[] a, int count) {
        for (int i = 0; i < count; i++) {
            int value = a[i];
            p[i] ^= value;
            q[i] = twice(q[i]) ^ value;
        }
    }

    /** Four data shards more, in the order of Horner's rule. */
    static void pq(int[] p, int[] q, int[] a, int[] b, int[] c, int[] d, int count) {
        for (int i = 0; i < count; i++) {
            int first = a[i];
            int second = b[i];
            int third = c[i];
            int fourth = d[i];
            p[i] ^= first ^ second ^ third ^ fourth;
            int sum = twice(q[i]) ^ first;
            sum = twice(sum) ^ second;
            sum = twice(sum) ^ third;
            q[i] = twice(sum) ^ fourth;
        }
    }

    /** Copies bytes into lanes; the last lane is filled up with zero. {@return number of lanes} */
    static int load(ByteBuffer from, int offset, int bytes, int[] lanes) {
        int whole = bytes / 4;
        from.duplicate()
                .order(ByteOrder.LITTLE_ENDIAN)
                .position(from.position() + offset)
                .slice()
                .order(ByteOrder.LITTLE_ENDIAN)
                .asIntBuffer()
                .get(lanes, 0, whole);
        if (bytes % 4 == 0) {
            return whole;
        }
        int last = 0;
        for (int i = 0; i < bytes % 4; i++) {
            last |= (from.get(from.position() + offset + 4 * whole + i) & 0xff) << (8 * i);
        }
        lanes[whole] = last;
        return whole + 1;
    }

    /** Copies lanes into bytes. */
    static void store(int[] lanes, ByteBuffer to, int offset, int bytes) {
        int whole = bytes / 4;
        to.duplicate()
                .order(ByteOrder.LITTLE_ENDIAN)
                .position(to.position() + offset)
                .slice()
                .order(ByteOrder.LITTLE_ENDIAN)
                .asIntBuffer()
                .put(lanes, 0, whole);
        for (int i = 0; i < bytes % 4; i++) {
            to.put(to.position() + offset + 4 * whole + i, (byte) (lanes[whole] >>> (8 * i)));
        }
    }
}
