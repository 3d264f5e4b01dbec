// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.backup.internal;

/** Told of each step that a power cut could fall on. Tests cut here. */
interface Checkpoint {
    /** Nobody looks. */
    Checkpoint NONE = step -> {};

    void passed(String step);
}
