// SPDX-License-Identifier: Apache-2.0
package org.solera.storage.erasure;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Any coefficients, by doubling and adding only: Horner's rule over the eight bits of the coefficients, highest first. For
 * each bit an output takes the sum of the inputs whose coefficient has it. Sums within groups of inputs are made once for
 * each block and shared by all outputs and bits.
 */
final class LaneMath implements ShardMath {
    private static final int BITS = 8;

    private final int inputs;
    private final int group;
    /** For each group the sums of all its subsets, by their bit mask; null where there is no such input. */
    private final int[][][] sums;
    /** For each output and bit, highest first, the sums to add. */
    private final int[][][][] terms;

    private final int[] out = new int[Lanes.BLOCK];

    LaneMath(int[][] rows) {
        inputs = rows[0].length;
        // More outputs share the sums of larger groups.
        group = rows.length > 2 ? 4 : 2;
        sums = new int[(inputs + group - 1) / group][1 << group][];
        for (int g = 0; g < sums.length; g++) {
            int members = Math.min(group, inputs - g * group);
            for (int subset = 1; subset < 1 << members; subset++) {
                sums[g][subset] = new int[Lanes.BLOCK];
            }
        }
        terms = new int[rows.length][BITS][][];
        for (int row = 0; row < rows.length; row++) {
            for (int bit = 0; bit < BITS; bit++) {
                terms[row][BITS - 1 - bit] = terms(rows[row], bit);
            }
        }
    }

    private int[][] terms(int[] row, int bit) {
        List<int[]> found = new ArrayList<>();
        for (int g = 0; g < sums.length; g++) {
            int subset = 0;
            for (int member = 0; member < group && g * group + member < inputs; member++) {
                subset |= ((row[g * group + member] >> bit) & 1) << member;
            }
            if (subset != 0) {
                found.add(sums[g][subset]);
            }
        }
        return found.toArray(new int[0][]);
    }

    @Override
    public void combine(ByteBuffer[] shards, ByteBuffer[] outputs, int length) {
        for (int offset = 0; offset < length; offset += 4 * Lanes.BLOCK) {
            int bytes = Math.min(4 * Lanes.BLOCK, length - offset);
            int count = 0;
            for (int input = 0; input < inputs; input++) {
                count = load(shards[input], offset, bytes, input);
            }
            for (int row = 0; row < terms.length; row++) {
                row(terms[row], count);
                Lanes.store(out, outputs[row], offset, bytes);
            }
        }
    }

    /** Loads an input and makes the sums of its group in which it is the last. */
    private int load(ByteBuffer shard, int offset, int bytes, int input) {
        int[][] subsets = sums[input / group];
        int self = 1 << (input % group);
        int count = Lanes.load(shard, offset, bytes, subsets[self]);
        for (int below = 1; below < self; below++) {
            Lanes.sum(subsets[self | below], subsets[self], subsets[below], count);
        }
        return count;
    }

    private void row(int[][][] bits, int count) {
        boolean begun = false;
        for (int[][] added : bits) {
            int next = 0;
            if (begun) {
                if (added.length >= 4) {
                    Lanes.doubleAndAdd(out, added[0], added[1], added[2], added[3], count);
                    next = 4;
                } else if (added.length > 0) {
                    Lanes.doubleAndAdd(out, added[0], count);
                    next = 1;
                } else {
                    Lanes.doubleOf(out, count);
                }
            } else if (added.length > 0) {
                System.arraycopy(added[0], 0, out, 0, count);
                begun = true;
                next = 1;
            }
            for (; added.length - next >= 4; next += 4) {
                Lanes.add(out, added[next], added[next + 1], added[next + 2], added[next + 3], count);
            }
            for (; next < added.length; next++) {
                Lanes.add(out, added[next], count);
            }
        }
        if (!begun) {
            Arrays.fill(out, 0, count, 0);
        }
    }
}
