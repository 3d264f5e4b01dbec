// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.api.notices;

/** How bad something is. */
public enum Severity {
    INFO,
    WARNING,
    CRITICAL
}
