// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.api.access;

/** What a permission allows. Whoever may change may read. */
public enum Action {
    READ,
    CHANGE
}
