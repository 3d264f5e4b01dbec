// SPDX-License-Identifier: Apache-2.0
/** What the probes of an operating system implement. */
@NullMarked
@Export
@Version("1.0.0")
package org.solera.hardware.api.spi;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
