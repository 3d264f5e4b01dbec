// SPDX-License-Identifier: Apache-2.0
package org.solera.storage.erasure;

/**
 * How many shards a stripe has: any {@code data} of them give all others.
 *
 * @param data number of data shards, 1 to 128
 * @param parity number of parity shards, 1 to 16
 */
public record Scheme(int data, int parity) {
    /** @throws IllegalArgumentException if a number is out of its range */
    public Scheme {
        if (data < 1 || data > 128 || parity < 1 || parity > 16) {
            throw new IllegalArgumentException(
                    "A scheme has 1 to 128 data and 1 to 16 parity shards, not " + data + "+" + parity + ".");
        }
    }

    /** {@return number of all shards} */
    public int shards() {
        return data + parity;
    }

    @Override
    public String toString() {
        return data + "+" + parity;
    }
}
