// SPDX-License-Identifier: Apache-2.0
package org.solera.bench.swap;

import java.util.ArrayList;
import java.util.List;

/** Compares what is installed at two times. */
final class BundleLists {
    private BundleLists() {}

    /** {@return what came and what went, in words; empty when nothing did} */
    static String difference(List<String> before, List<String> after) {
        List<String> gone = new ArrayList<>(before);
        gone.removeAll(after);
        List<String> come = new ArrayList<>(after);
        come.removeAll(before);
        return gone.isEmpty() && come.isEmpty() ? "" : "gone " + gone + ", new " + come;
    }
}
