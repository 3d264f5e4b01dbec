// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.backup.internal;

import java.util.Arrays;

/** Compares product versions. Stateless. */
final class Versions {
    private Versions() {}

    /** Compares {@code major.minor.micro}; what is no number counts as 0. */
    static int compare(String one, String two) {
        return Arrays.compare(numbers(one), numbers(two));
    }

    private static int[] numbers(String version) {
        int[] numbers = new int[3];
        String[] words = version.split("[.-]", -1);
        for (int i = 0; i < numbers.length && i < words.length; i++) {
            numbers[i] = words[i].matches("[0-9]{1,9}") ? Integer.parseInt(words[i]) : 0;
        }
        return numbers;
    }
}
