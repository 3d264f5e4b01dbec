// SPDX-License-Identifier: Apache-2.0
/** Figures of the past days. */
@NullMarked
@Export
@Version("1.0.0")
package org.solera.platform.api.history;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
