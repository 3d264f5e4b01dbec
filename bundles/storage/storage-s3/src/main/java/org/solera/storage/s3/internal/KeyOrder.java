// SPDX-License-Identifier: Apache-2.0
package org.solera.storage.s3.internal;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The order of keys: that of their UTF-8 bytes. */
final class KeyOrder {
    private KeyOrder() {}

    static int compare(String left, String right) {
        return Arrays.compareUnsigned(left.getBytes(StandardCharsets.UTF_8), right.getBytes(StandardCharsets.UTF_8));
    }
}
