// SPDX-License-Identifier: Apache-2.0
package org.solera.storage.erasure;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.BitSet;

/**
 * Makes the parity of a stripe, and lost shards from those that are left.
 *
 * <p><b>Buffers:</b> heap or direct; bytes from position to limit count, and all shards of a call have equally many, at
 * least one. Positions and limits stay as they are. Outputs share no memory with inputs. <b>Thread-safety:</b> keeps
 * scratch memory, so one instance serves one thread.
 *
 * <p>The bytes of 1 and 2 parity shards are those of RAID 5 and RAID 6 (P+Q) and of every library that follows them; 3 and
 * more are Cauchy-Reed-Solomon in the same field.
 */
public final class ErasureCoder {
    private final Scheme scheme;
    private final boolean portable;
    private final ShardMath encoding;

    /** @param encoding makes the parity */
    ErasureCoder(Scheme scheme, boolean portable, ShardMath encoding) {
        this.scheme = scheme;
        this.portable = portable;
        this.encoding = encoding;
    }

    /** {@return the fast coder of a scheme} */
    public static ErasureCoder of(Scheme scheme) {
        return new ErasureCoder(
                scheme,
                false,
                scheme.parity() == 2 ? new PqMath(scheme.data()) : new LaneMath(CodingMatrix.parity(scheme)));
    }

    /** {@return a slow coder that makes the same bytes from tables, for a machine on which {@link SelfTest} fails} */
    public static ErasureCoder portable(Scheme scheme) {
        return new ErasureCoder(scheme, true, new TableMath(CodingMatrix.parity(scheme)));
    }

    /** {@return the scheme} */
    public Scheme scheme() {
        return scheme;
    }

    /**
     * Makes the parity of data.
     *
     * @param data the data shards, in order
     * @param parity where the parity shards go, in order
     * @throws IllegalArgumentException if there are not as many shards as the scheme has, or they differ in length
     */
    public void encode(ByteBuffer[] data, ByteBuffer[] parity) {
        if (data.length != scheme.data() || parity.length != scheme.parity()) {
            throw new IllegalArgumentException("The scheme " + scheme + " is not one of " + data.length + " data and "
                    + parity.length + " parity shards.");
        }
        encoding.combine(data, parity, length(data, parity));
    }

    /**
     * Makes lost shards.
     *
     * @param shards all shards of the stripe, data first; the lost ones are where they go
     * @param lost numbers of the lost shards, data or parity, at most as many as the scheme has parity shards
     * @throws IllegalArgumentException if there are not as many shards as the scheme has, they differ in length, or too
     *     many are lost
     */
    public void rebuild(ByteBuffer[] shards, int... lost) {
        BitSet missing = new BitSet();
        Arrays.stream(lost).forEach(missing::set);
        if (shards.length != scheme.shards()
                || missing.cardinality() > scheme.parity()
                || missing.length() > shards.length) {
            throw new IllegalArgumentException("The scheme " + scheme + " cannot give " + missing.cardinality()
                    + " lost of " + shards.length + " shards.");
        }
        if (missing.isEmpty()) {
            return;
        }
        int[] present = new int[scheme.data()];
        ByteBuffer[] inputs = new ByteBuffer[scheme.data()];
        int shard = missing.nextClearBit(0);
        for (int i = 0; i < present.length; i++) {
            present[i] = shard;
            inputs[i] = shards[shard];
            shard = missing.nextClearBit(shard + 1);
        }
        int[] wanted = missing.stream().toArray();
        ByteBuffer[] outputs =
                Arrays.stream(wanted).mapToObj(number -> shards[number]).toArray(ByteBuffer[]::new);
        int[][] rows = CodingMatrix.rebuilding(scheme, present, wanted);
        ShardMath rebuilding = portable ? new TableMath(rows) : new LaneMath(rows);
        rebuilding.combine(inputs, outputs, length(inputs, outputs));
    }

    private static int length(ByteBuffer[] some, ByteBuffer[] others) {
        int length = some[0].remaining();
        for (ByteBuffer[] shards : new ByteBuffer[][] {some, others}) {
            for (ByteBuffer shard : shards) {
                if (shard.remaining() != length) {
                    throw new IllegalArgumentException("Shards of one stripe differ in length: " + length + " and "
                            + shard.remaining() + " bytes.");
                }
            }
        }
        if (length == 0) {
            throw new IllegalArgumentException("Shards of no byte have no parity.");
        }
        return length;
    }
}
