// SPDX-License-Identifier: Apache-2.0
package org.solera.bench.swap;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class LeakProbeTest {
    private static final String TREE = """
            +-- <bootstrap>
                  |
                  |               java.lang.Object
                  |
                  +-- jdk.internal.loader.ClassLoaders$AppClassLoader
                        |
                        +-- org.apache.felix.framework.BundleWiringImpl$BundleClassLoader
                        |     |
                        |     |         Classes: org.solera.storage.s3.internal.A
                        |     |                  org.solera.storage.s3.internal.B
                        |     |                  (2 classes)
                        |
                        +-- org.apache.felix.framework.BundleWiringImpl$BundleClassLoader
                        |     |
                        |     |         Classes: org.solera.storage.s3.internal.A
                        |     |                  (1 class)
                        |
                        +-- org.apache.felix.framework.BundleWiringImpl$BundleClassLoader
                              |
                              |         Classes: org.solera.storage.engine.internal.A
                              |                  (1 class)
            """;

    @Test
    void countsTheLoadersThatHoldAPackage() {
        assertEquals(2, LeakProbe.count(TREE, "org.solera.storage.s3.internal"));
        assertEquals(1, LeakProbe.count(TREE, "org.solera.storage.engine.internal"));
        assertEquals(0, LeakProbe.count(TREE, "org.solera.media"));
    }
}
