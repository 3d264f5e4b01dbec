// SPDX-License-Identifier: Apache-2.0
/** What changes now, for those who watch. */
@NullMarked
@Export
@Version("1.0.0")
package org.solera.platform.api.live;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
