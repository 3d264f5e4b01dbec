// SPDX-License-Identifier: Apache-2.0
package org.solera.upgrade.engine.internal;

/** Is told about each point of a swap at which the power could be cut. */
@FunctionalInterface
interface Checkpoint {
    /** The points, in the order in which a swap passes them. */
    enum Point {
        /** The intent is in the journal, and the bundle cache is no longer trusted. */
        INTENT,
        /** The files of the new version are in the repository. */
        STAGED,
        /** The new version runs beside the old one. */
        INSTALLED,
        /** The new version is healthy and owns what only one may own. */
        HEALTHY,
        /** The record names the new version; the journal does not say so yet. */
        RECORDED,
        /** The journal says that the record names the new version. */
        COMMITTED,
        /** The old version has no work left. */
        DRAINED,
        /** The old version is gone. */
        REMOVED,
        /** The journal is complete; the bundle cache is not yet trusted. */
        DONE
    }

    /** The swap has passed this point. */
    void passed(Point point);
}
