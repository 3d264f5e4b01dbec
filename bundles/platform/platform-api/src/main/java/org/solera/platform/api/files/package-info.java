// SPDX-License-Identifier: Apache-2.0
/** Files that survive a power cut whole. */
@NullMarked
@Export
@Version("1.0.0")
package org.solera.platform.api.files;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
