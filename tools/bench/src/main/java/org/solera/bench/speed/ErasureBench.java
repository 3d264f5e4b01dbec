// SPDX-License-Identifier: Apache-2.0
package org.solera.bench.speed;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.solera.bench.BenchContext;
import org.solera.bench.Benchmark;
import org.solera.bench.Figure;
import org.solera.storage.erasure.ErasureCoder;
import org.solera.storage.erasure.Scheme;

/** The arithmetic of erasure codes on one core beside the copying of the same memory, in turns. */
public final class ErasureBench implements Benchmark {
    private static final int SHARD_BYTES = 256 * 1024;
    private static final long ROUND_NANOS = 400_000_000;

    @Override
    public String name() {
        return "erasure";
    }

    @Override
    public String summary() {
        return "encode and rebuild stripes on one core beside a copy of the same memory  [--rounds N]";
    }

    @Override
    public void run(BenchContext context) throws IOException, InterruptedException {
        int rounds = context.options().number("rounds", 7);
        measure(context, new Scheme(20, 2), rounds, true);
        measure(context, new Scheme(10, 2), rounds, false);
        measure(context, new Scheme(12, 3), rounds, false);
        measure(context, new Scheme(12, 4), rounds, false);
    }

    private static void measure(BenchContext context, Scheme scheme, int rounds, boolean bound) {
        ErasureCoder coder = ErasureCoder.of(scheme);
        ByteBuffer[] shards = new ByteBuffer[scheme.shards()];
        Random random = new Random(1);
        for (int i = 0; i < shards.length; i++) {
            byte[] content = new byte[SHARD_BYTES];
            random.nextBytes(content);
            shards[i] = ByteBuffer.wrap(content);
        }
        ByteBuffer[] data = Arrays.copyOf(shards, scheme.data());
        ByteBuffer[] parity = Arrays.copyOfRange(shards, scheme.data(), scheme.shards());
        byte[][] target = new byte[scheme.data()][SHARD_BYTES];
        int[] lost = lost(scheme);
        double[] encoded = new double[rounds];
        double[] rebuilt = new double[rounds];
        double[] copied = new double[rounds];
        double[] ratio = new double[rounds];
        for (int round = -1; round < rounds; round++) {
            double encode = gigabytesPerSecond(scheme, () -> coder.encode(data, parity));
            double copy = gigabytesPerSecond(scheme, () -> {
                for (int i = 0; i < target.length; i++) {
                    System.arraycopy(shards[i].array(), 0, target[i], 0, SHARD_BYTES);
                }
            });
            double rebuild = gigabytesPerSecond(scheme, () -> coder.rebuild(shards, lost));
            if (round >= 0) {
                encoded[round] = encode;
                copied[round] = copy;
                rebuilt[round] = rebuild;
                ratio[round] = encode / copy;
            }
        }
        String name = scheme.data() + "_" + scheme.parity();
        String peer = "copy of the same memory";
        context.report()
                .add(Figure.median("encode_" + name, "GB/s of data", encoded).against(peer));
        context.report()
                .add(Figure.median("encode_" + name + "_peer", "GB/s", copied).against(peer));
        Figure relative = Figure.median("encode_" + name + "_ratio", "", ratio).against(peer);
        context.report().add(bound ? relative.atLeast(1) : relative);
        context.report().add(Figure.median("rebuild_" + name, "GB/s of data", rebuilt));
    }

    /** {@return as many data shards as the scheme can lose} */
    private static int[] lost(Scheme scheme) {
        int[] lost = new int[scheme.parity()];
        for (int i = 0; i < lost.length; i++) {
            lost[i] = i;
        }
        return lost;
    }

    private static double gigabytesPerSecond(Scheme scheme, Runnable once) {
        long start = System.nanoTime();
        long times = 0;
        while (System.nanoTime() - start < ROUND_NANOS) {
            once.run();
            times++;
        }
        return times * (double) scheme.data() * SHARD_BYTES / (System.nanoTime() - start);
    }
}
