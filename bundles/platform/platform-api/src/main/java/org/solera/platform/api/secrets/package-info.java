// SPDX-License-Identifier: Apache-2.0
/** Secrets sealed at rest. */
@NullMarked
@Export
@Version("1.0.0")
package org.solera.platform.api.secrets;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
