// SPDX-License-Identifier: Apache-2.0
package org.solera.bench.broken;

import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** Makes the start of a bundle fail. */
public final class ThrowingActivator implements BundleActivator {
    @Override
    public void start(BundleContext context) {
        throw new IllegalStateException("This version is broken on purpose: its start fails");
    }

    @Override
    public void stop(BundleContext context) {
        // A bundle that never started has nothing to stop.
    }
}
