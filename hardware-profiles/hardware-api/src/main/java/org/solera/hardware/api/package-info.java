// SPDX-License-Identifier: Apache-2.0
/** What this box is, which profile fits it, and what it cannot run and why. */
@NullMarked
@Export
@Version("1.0.0")
package org.solera.hardware.api;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
