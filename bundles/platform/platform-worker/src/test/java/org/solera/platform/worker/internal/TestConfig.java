// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.worker.internal;

import java.lang.annotation.Annotation;

/** Settings for tests. */
@SuppressWarnings("all")
record TestConfig(boolean jail, int waitersPerWorker, int openFiles) implements WorkersConfig {
    @Override
    public Class<? extends Annotation> annotationType() {
        return WorkersConfig.class;
    }
}
