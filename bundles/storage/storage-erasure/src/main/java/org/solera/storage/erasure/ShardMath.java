// SPDX-License-Identifier: Apache-2.0
package org.solera.storage.erasure;

import java.nio.ByteBuffer;

/** Makes shards that are combinations of others. Keeps scratch memory: confined to one thread. */
interface ShardMath {
    /**
     * Computes each output as its combination of the inputs.
     *
     * @param inputs as many as there are columns; read from position to limit, positions stay
     * @param outputs as many as there are rows, with room for as many bytes; no memory shared with an input
     * @param length number of bytes of each
     */
    void combine(ByteBuffer[] inputs, ByteBuffer[] outputs, int length);
}
