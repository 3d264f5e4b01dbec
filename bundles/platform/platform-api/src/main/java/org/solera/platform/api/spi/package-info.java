// SPDX-License-Identifier: Apache-2.0
/** What bundles of every domain implement and register as services: health checks, drains, metrics, REST modules. */
@NullMarked
@Export
@Version("1.0.0")
package org.solera.platform.api.spi;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
