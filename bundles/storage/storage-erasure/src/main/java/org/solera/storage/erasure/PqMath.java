// SPDX-License-Identifier: Apache-2.0
package org.solera.storage.erasure;

import java.nio.ByteBuffer;

/** P and Q of RAID 6, both in one pass. */
final class PqMath implements ShardMath {
    private final int[][] data;
    private final int[] p = new int[Lanes.BLOCK];
    private final int[] q = new int[Lanes.BLOCK];

    PqMath(int dataShards) {
        data = new int[dataShards][Lanes.BLOCK];
    }

    @Override
    public void combine(ByteBuffer[] inputs, ByteBuffer[] outputs, int length) {
        for (int offset = 0; offset < length; offset += 4 * Lanes.BLOCK) {
            int bytes = Math.min(4 * Lanes.BLOCK, length - offset);
            int count = 0;
            for (int i = 0; i < data.length; i++) {
                count = Lanes.load(inputs[i], offset, bytes, data[i]);
            }
            block(count);
            Lanes.store(p, outputs[0], offset, bytes);
            Lanes.store(q, outputs[1], offset, bytes);
        }
    }

    private void block(int count) {
        int shard = data.length - 1;
        System.arraycopy(data[shard], 0, p, 0, count);
        System.arraycopy(data[shard], 0, q, 0, count);
        shard--;
        for (; shard >= 3; shard -= 4) {
            Lanes.pq(p, q, data[shard], data[shard - 1], data[shard - 2], data[shard - 3], count);
        }
        for (; shard >= 0; shard--) {
            Lanes.pq(p, q, data[shard], count);
        }
    }
}
