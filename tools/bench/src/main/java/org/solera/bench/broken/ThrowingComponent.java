// SPDX-License-Identifier: Apache-2.0
package org.solera.bench.broken;

/** Takes the place of a component and makes its activation fail. */
public final class ThrowingComponent {
    /** Never returns. */
    public ThrowingComponent() {
        throw new IllegalStateException("This version is broken on purpose: its component fails");
    }
}
