// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.api;

/**
 * The right to be the only owner of a resource, fenced by a number that only grows. A holder checks {@link #held()}
 * before each commit; a holder that lost the right learns it there and writes nothing more.
 */
public final class OwnerEpoch {
    private final String resource;
    private final long number;
    private volatile boolean held = true;

    /**
     * @param resource what is owned, for example {@code storage.drives}
     * @param number the epoch; greater than that of any earlier owner
     */
    public OwnerEpoch(String resource, long number) {
        this.resource = resource;
        this.number = number;
    }

    /** {@return what is owned} */
    public String resource() {
        return resource;
    }

    /** {@return the number of this epoch} */
    public long number() {
        return number;
    }

    /** {@return whether this epoch is still the current one} */
    public boolean held() {
        return held;
    }

    /** Ends this epoch for good. Called by the registry only. */
    public void revoke() {
        held = false;
    }

    @Override
    public String toString() {
        return resource + "@" + number + (held ? "" : " (revoked)");
    }
}
