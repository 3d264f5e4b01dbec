// SPDX-License-Identifier: Apache-2.0
package org.solera.storage.erasure;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class ErasureCoderTest {
    private static final List<Scheme> SCHEMES = List.of(
            new Scheme(1, 1),
            new Scheme(2, 1),
            new Scheme(1, 2),
            new Scheme(4, 2),
            new Scheme(20, 2),
            new Scheme(3, 3),
            new Scheme(12, 4),
            new Scheme(17, 5),
            new Scheme(128, 16));

    private final Random random = new Random(1);

    @Test
    void anySelfTestPassesOnThisMachine() {
        assertEquals(Optional.empty(), SelfTest.run(ErasureCoder::of));
        assertEquals(Optional.empty(), SelfTest.run(ErasureCoder::portable));
    }

    @Test
    void theSelfTestFindsArithmeticThatIsWrong() {
        Optional<String> verdict = SelfTest.run(scheme -> {
            int[][] rows = CodingMatrix.parity(scheme);
            rows[rows.length - 1][0] ^= 1;
            return new ErasureCoder(scheme, true, new TableMath(rows));
        });
        assertTrue(verdict.orElse("").contains("1+1"), verdict.toString());
    }

    @Test
    void fastAndPortableCodersMakeTheSameBytes() {
        for (Scheme scheme : SCHEMES) {
            for (int length : new int[] {1, 2, 3, 4, 5, 63, 4095, 4096, 4097, 9000}) {
                ByteBuffer[] fast = stripe(scheme, length, false);
                ByteBuffer[] slow =
                        Arrays.stream(fast).map(ErasureCoderTest::copy).toArray(ByteBuffer[]::new);
                encode(ErasureCoder.of(scheme), fast);
                encode(ErasureCoder.portable(scheme), slow);
                assertSame(scheme + ", " + length + " bytes", slow, fast);
            }
        }
    }

    @Test
    void anyTwoLostShardsOfTwentyAndTwoComeBack() {
        Scheme scheme = new Scheme(20, 2);
        ErasureCoder coder = ErasureCoder.of(scheme);
        ByteBuffer[] whole = stripe(scheme, 257, false);
        encode(coder, whole);
        for (int first = 0; first < scheme.shards(); first++) {
            for (int second = first + 1; second < scheme.shards(); second++) {
                assertComesBack(coder, whole, first, second);
            }
        }
    }

    @Test
    void randomLossesUpToTheParityComeBack() {
        for (Scheme scheme : SCHEMES) {
            ErasureCoder coder = ErasureCoder.of(scheme);
            ByteBuffer[] whole = stripe(scheme, 1 + random.nextInt(9000), true);
            encode(coder, whole);
            for (int round = 0; round < 20; round++) {
                List<Integer> order =
                        IntStream.range(0, scheme.shards()).boxed().collect(Collectors.toList());
                Collections.shuffle(order, random);
                int[] lost = order.stream()
                        .limit(random.nextInt(scheme.parity() + 1))
                        .mapToInt(Integer::intValue)
                        .toArray();
                assertComesBack(coder, whole, lost);
            }
        }
    }

    @Test
    void parityOfTwoIsThatOfRaid6() {
        // P = 1 ^ 2 ^ 4, Q = 1*1 ^ 2*2 ^ 4*4 in the field
        ByteBuffer[] shards = {bytes(1), bytes(2), bytes(4), bytes(0), bytes(0)};
        encode(ErasureCoder.of(new Scheme(3, 2)), shards);
        assertEquals(7, shards[3].get(0));
        assertEquals(1 ^ 4 ^ 16, shards[4].get(0));
    }

    @Test
    void positionsStayAndBytesOutsideAreNotTouched() {
        Scheme scheme = new Scheme(3, 3);
        ByteBuffer[] shards = new ByteBuffer[scheme.shards()];
        for (int i = 0; i < shards.length; i++) {
            byte[] content = new byte[30];
            Arrays.fill(content, (byte) (i + 1));
            shards[i] = ByteBuffer.wrap(content).position(7).limit(20);
        }
        encode(ErasureCoder.of(scheme), shards);
        for (int i = 0; i < shards.length; i++) {
            assertEquals(7, shards[i].position());
            assertEquals(20, shards[i].limit());
            assertEquals(i + 1, shards[i].array()[6]);
            assertEquals(i + 1, shards[i].array()[20]);
        }
    }

    @Test
    void whatCannotBeRightIsRefused() {
        ErasureCoder coder = ErasureCoder.of(new Scheme(2, 2));
        ByteBuffer[] shards = stripe(coder.scheme(), 8, false);
        assertThrows(IllegalArgumentException.class, () -> coder.rebuild(shards, 0, 1, 2));
        assertThrows(IllegalArgumentException.class, () -> coder.rebuild(shards, 4));
        assertThrows(
                IllegalArgumentException.class,
                () -> coder.encode(new ByteBuffer[] {bytes(1)}, new ByteBuffer[] {bytes(0), bytes(0)}));
        shards[3] = bytes(0);
        assertThrows(IllegalArgumentException.class, () -> encode(coder, shards));
        assertThrows(IllegalArgumentException.class, () -> new Scheme(0, 1));
        assertThrows(IllegalArgumentException.class, () -> new Scheme(20, 17));
    }

    private static void assertComesBack(ErasureCoder coder, ByteBuffer[] whole, int... lost) {
        ByteBuffer[] shards = Arrays.stream(whole).map(ErasureCoderTest::copy).toArray(ByteBuffer[]::new);
        for (int shard : lost) {
            shards[shard] = ByteBuffer.allocate(shards[shard].remaining());
        }
        coder.rebuild(shards, lost);
        assertSame(coder.scheme() + " without " + Arrays.toString(lost), whole, shards);
    }

    private static void encode(ErasureCoder coder, ByteBuffer[] shards) {
        int data = coder.scheme().data();
        coder.encode(Arrays.copyOf(shards, data), Arrays.copyOfRange(shards, data, shards.length));
    }

    private ByteBuffer[] stripe(Scheme scheme, int length, boolean direct) {
        ByteBuffer[] shards = new ByteBuffer[scheme.shards()];
        for (int i = 0; i < shards.length; i++) {
            byte[] content = new byte[length];
            random.nextBytes(content);
            shards[i] = direct ? ByteBuffer.allocateDirect(length) : ByteBuffer.allocate(length);
            shards[i].put(content).flip();
        }
        return shards;
    }

    private static ByteBuffer copy(ByteBuffer shard) {
        return ByteBuffer.allocate(shard.remaining()).put(shard.duplicate()).flip();
    }

    private static ByteBuffer bytes(int... values) {
        ByteBuffer buffer = ByteBuffer.allocate(values.length);
        for (int value : values) {
            buffer.put((byte) value);
        }
        return buffer.flip();
    }

    private static void assertSame(String what, ByteBuffer[] expected, ByteBuffer[] actual) {
        for (int i = 0; i < expected.length; i++) {
            assertArrayEquals(copy(expected[i]).array(), copy(actual[i]).array(), what + ", shard " + i);
        }
    }
}
