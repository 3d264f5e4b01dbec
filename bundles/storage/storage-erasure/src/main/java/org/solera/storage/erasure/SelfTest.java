// SPDX-License-Identifier: Apache-2.0
package org.solera.storage.erasure;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;

/**
 * Compares the arithmetic on this machine with parity that was computed once and for all, and takes shards away and makes
 * them again. Run it before the first byte is stored: a processor or JVM that computes wrongly would spoil every stripe.
 * Takes a few milliseconds. Stateless.
 */
public final class SelfTest {
    private static final int BYTES = 4 * Lanes.BLOCK + 4 * 37 + 3;

    /** SHA-256 of the parity of the data of {@link #data}, all parity shards one after the other. */
    private static final Map<Scheme, String> GOLDEN = golden();

    private SelfTest() {}

    private static Map<Scheme, String> golden() {
        Map<Scheme, String> golden = new LinkedHashMap<>();
        golden.put(new Scheme(1, 1), "b2a6c816a20c51a183b0ce3a678c6fd8e7cb6c8c7ec4c98530aec91d19a9adb0");
        golden.put(new Scheme(2, 1), "1d670cddaf568e337af55d1a704a3c44cea606c21597d9e48826306c91489296");
        golden.put(new Scheme(4, 2), "0f725c9f0558c2db09e10bb66edbc43d2fbf73dce4e36a31238a63d2a4256608");
        golden.put(new Scheme(10, 2), "a4c3490b8120d34dea97fd3c5ee45e040c048f26e235f73bff37465ca11b70ed");
        golden.put(new Scheme(20, 2), "1209de1a30f9109baffb85dae0fac8cbcc804a3e167c474b40e17786a73e67d7");
        golden.put(new Scheme(6, 3), "263f605522d588566688faf713b2d859c012b86ed3106f920c1980925d1f4d69");
        golden.put(new Scheme(12, 4), "5005d3095bd77766dc2be3a3fd98e494819d6b0ec4ae2764a92d1bab04804d2c");
        golden.put(new Scheme(16, 5), "ad532746e0e7b8d7d74ab2c7c5962e8d8e51bb2cbbdef8f37eadd89bccddaf4f");
        return golden;
    }

    /**
     * Checks coders.
     *
     * @param coders makes the coder of a scheme, {@link ErasureCoder#of} or {@link ErasureCoder#portable}
     * @return what is wrong, as a sentence; empty if nothing is
     */
    public static Optional<String> run(Function<Scheme, ErasureCoder> coders) {
        for (Map.Entry<Scheme, String> each : GOLDEN.entrySet()) {
            Scheme scheme = each.getKey();
            ErasureCoder coder = coders.apply(scheme);
            ByteBuffer[] shards = stripe(scheme);
            ByteBuffer[] data = Arrays.copyOf(shards, scheme.data());
            ByteBuffer[] parity = Arrays.copyOfRange(shards, scheme.data(), scheme.shards());
            coder.encode(data, parity);
            if (!digest(parity).equals(each.getValue())) {
                return Optional.of("The parity of the scheme " + scheme + " is not what it must be.");
            }
            String before = digest(shards);
            int[] lost = lost(scheme);
            for (int shard : lost) {
                shards[shard] = ByteBuffer.allocate(BYTES);
            }
            coder.rebuild(shards, lost);
            if (!digest(shards).equals(before)) {
                return Optional.of("Shards of the scheme " + scheme + " do not come back as they were.");
            }
        }
        return Optional.empty();
    }

    /** {@return as many shards as may be lost, the first, the last data shard and parity among them} */
    private static int[] lost(Scheme scheme) {
        int[] lost = new int[scheme.parity()];
        for (int i = 0; i < lost.length; i++) {
            lost[i] = i * (scheme.shards() - 1) / Math.max(1, lost.length - 1);
        }
        return lost;
    }

    private static ByteBuffer[] stripe(Scheme scheme) {
        Random random = new Random(scheme.data() * 31L + scheme.parity());
        ByteBuffer[] shards = new ByteBuffer[scheme.shards()];
        for (int i = 0; i < shards.length; i++) {
            byte[] content = new byte[BYTES];
            if (i < scheme.data()) {
                random.nextBytes(content);
            }
            shards[i] = ByteBuffer.wrap(content);
        }
        return shards;
    }

    private static String digest(ByteBuffer[] shards) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (ByteBuffer shard : shards) {
                digest.update(shard.duplicate());
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256.", e);
        }
    }
}
