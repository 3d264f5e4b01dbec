// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.api;

/** What a person or a program may do on the appliance. */
public enum Role {
    /** Everything. */
    OWNER,
    /** Daily work: storage, media, live and render, no users and no upgrades. */
    OPERATOR,
    /** Upgrades, hardware and diagnosis. */
    ENGINEER,
    /** Licenses. */
    LICENSE_ADMIN,
    /** Read only. */
    VIEWER
}
