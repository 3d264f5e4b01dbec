// SPDX-License-Identifier: Apache-2.0
/** Work that takes longer than a request: progress, cause of a wait, cancel, outcome. */
@NullMarked
@Export
@Version("1.0.0")
package org.solera.platform.api.operations;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
