// SPDX-License-Identifier: Apache-2.0
package org.solera.storage.erasure;

import java.util.Arrays;

/**
 * The coefficients of a scheme: which combination of data shards each shard is. One parity shard is the sum; two are P and
 * Q of RAID 6 (powers of 2); three and more are rows of a Cauchy matrix, of which every square part can be inverted.
 */
final class CodingMatrix {
    private CodingMatrix() {}

    /** {@return one row of coefficients for each parity shard} */
    static int[][] parity(Scheme scheme) {
        int[][] rows = new int[scheme.parity()][scheme.data()];
        for (int row = 0; row < rows.length; row++) {
            for (int column = 0; column < rows[row].length; column++) {
                rows[row][column] = scheme.parity() <= 2
                        ? GaloisField.powerOfTwo(row * column)
                        : GaloisField.inverse((scheme.data() + row) ^ column);
            }
        }
        return rows;
    }

    /**
     * How lost shards follow from those that are left.
     *
     * @param present numbers of as many shards as the scheme has data shards, ascending
     * @param lost numbers of the shards to make
     * @return one row of coefficients over the present shards for each lost one
     */
    static int[][] rebuilding(Scheme scheme, int[] present, int[] lost) {
        int[][] parity = parity(scheme);
        int[][] left = new int[scheme.data()][];
        for (int i = 0; i < left.length; i++) {
            left[i] = row(scheme, parity, present[i]);
        }
        int[][] inverse = inverse(left);
        int[][] rows = new int[lost.length][];
        for (int i = 0; i < lost.length; i++) {
            rows[i] = times(row(scheme, parity, lost[i]), inverse);
        }
        return rows;
    }

    private static int[] row(Scheme scheme, int[][] parity, int shard) {
        if (shard >= scheme.data()) {
            return parity[shard - scheme.data()];
        }
        int[] unit = new int[scheme.data()];
        unit[shard] = 1;
        return unit;
    }

    private static int[] times(int[] row, int[][] matrix) {
        int[] product = new int[row.length];
        for (int i = 0; i < row.length; i++) {
            for (int column = 0; column < row.length; column++) {
                product[column] ^= GaloisField.multiply(row[i], matrix[i][column]);
            }
        }
        return product;
    }

    /** Gauss and Jordan; the matrix is not changed. */
    static int[][] inverse(int[][] matrix) {
        int size = matrix.length;
        int[][] work = new int[size][2 * size];
        for (int i = 0; i < size; i++) {
            System.arraycopy(matrix[i], 0, work[i], 0, size);
            work[i][size + i] = 1;
        }
        for (int column = 0; column < size; column++) {
            int pivot = column;
            while (pivot < size && work[pivot][column] == 0) {
                pivot++;
            }
            if (pivot == size) {
                throw new ArithmeticException("The matrix has no inverse.");
            }
            int[] found = work[pivot];
            work[pivot] = work[column];
            work[column] = found;
            int scale = GaloisField.inverse(found[column]);
            for (int i = 0; i < found.length; i++) {
                found[i] = GaloisField.multiply(found[i], scale);
            }
            for (int other = 0; other < size; other++) {
                int factor = work[other][column];
                if (other != column && factor != 0) {
                    for (int i = 0; i < found.length; i++) {
                        work[other][i] ^= GaloisField.multiply(factor, found[i]);
                    }
                }
            }
        }
        return Arrays.stream(work)
                .map(row -> Arrays.copyOfRange(row, size, 2 * size))
                .toArray(int[][]::new);
    }
}
