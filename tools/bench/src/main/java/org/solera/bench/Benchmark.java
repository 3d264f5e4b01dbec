// SPDX-License-Identifier: Apache-2.0
package org.solera.bench;

import java.io.IOException;

/** One measurement that can be named on the command line. */
public interface Benchmark {
    /** {@return the name on the command line} */
    String name();

    /** {@return what it does and its options, one line} */
    String summary();

    /**
     * Measures and reports. Leaves no process and no file behind, whatever happens.
     *
     * @throws IOException if it could not measure, with the cause in words
     * @throws InterruptedException if the run was interrupted
     */
    void run(BenchContext context) throws IOException, InterruptedException;
}
