// SPDX-License-Identifier: Apache-2.0
package org.solera.storage.erasure;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** Any coefficients, byte by byte from tables of products: slow, and right on any machine and JVM. */
final class TableMath implements ShardMath {
    private static final int BLOCK = 4096;

    /** For each output and input the products of its coefficient with each byte. */
    private final byte[][][] products;

    TableMath(int[][] rows) {
        products = new byte[rows.length][rows[0].length][256];
        for (int row = 0; row < rows.length; row++) {
            for (int input = 0; input < rows[row].length; input++) {
                for (int value = 0; value < 256; value++) {
                    products[row][input][value] = (byte) GaloisField.multiply(rows[row][input], value);
                }
            }
        }
    }

    @Override
    public void combine(ByteBuffer[] inputs, ByteBuffer[] outputs, int length) {
        byte[] in = new byte[BLOCK];
        byte[][] out = new byte[outputs.length][BLOCK];
        for (int offset = 0; offset < length; offset += BLOCK) {
            int count = Math.min(BLOCK, length - offset);
            for (byte[] each : out) {
                Arrays.fill(each, (byte) 0);
            }
            for (int input = 0; input < inputs.length; input++) {
                inputs[input].get(inputs[input].position() + offset, in, 0, count);
                for (int row = 0; row < out.length; row++) {
                    add(out[row], products[row][input], in, count);
                }
            }
            for (int row = 0; row < out.length; row++) {
                outputs[row].put(outputs[row].position() + offset, out[row], 0, count);
            }
        }
    }

    private static void add(byte[] out, byte[] products, byte[] in, int count) {
        for (int i = 0; i < count; i++) {
            out[i] ^= products[in[i] & 0xff];
        }
    }
}
