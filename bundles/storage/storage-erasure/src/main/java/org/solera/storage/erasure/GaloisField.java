// SPDX-License-Identifier: Apache-2.0
package org.solera.storage.erasure;

/**
 * The field of 256 elements with the polynomial x^8 + x^4 + x^3 + x^2 + 1 (0x11d), generator 2, as RAID 6 and the common
 * Reed-Solomon libraries use it. Elements are ints of 0 to 255; addition is exclusive or.
 */
final class GaloisField {
    private static final int POLYNOMIAL = 0x11d;
    private static final int ORDER = 255;
    private static final int[] POWER = new int[2 * ORDER];
    private static final int[] LOGARITHM = new int[256];

    static {
        int value = 1;
        for (int i = 0; i < ORDER; i++) {
            POWER[i] = value;
            POWER[i + ORDER] = value;
            LOGARITHM[value] = i;
            value <<= 1;
            if (value > ORDER) {
                value ^= POLYNOMIAL;
            }
        }
    }

    private GaloisField() {}

    static int multiply(int a, int b) {
        return a == 0 || b == 0 ? 0 : POWER[LOGARITHM[a] + LOGARITHM[b]];
    }

    /** @throws ArithmeticException if it is zero */
    static int inverse(int a) {
        if (a == 0) {
            throw new ArithmeticException("Zero has no inverse.");
        }
        return POWER[ORDER - LOGARITHM[a]];
    }

    /** {@return 2 to this power} */
    static int powerOfTwo(int exponent) {
        return POWER[Math.floorMod(exponent, ORDER)];
    }
}
