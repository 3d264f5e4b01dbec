// SPDX-License-Identifier: Apache-2.0
/** Encrypted backup of the control plane and its restore. */
@NullMarked
package org.solera.platform.backup.internal;

import org.jspecify.annotations.NullMarked;
