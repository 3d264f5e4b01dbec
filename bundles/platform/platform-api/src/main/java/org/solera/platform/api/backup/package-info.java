// SPDX-License-Identifier: Apache-2.0
/** Backup of the control plane and its restore. */
@NullMarked
@Export
@Version("1.0.0")
package org.solera.platform.api.backup;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
