// SPDX-License-Identifier: Apache-2.0
/** Contracts shared by every domain: errors, identities, health, drain, leases, workers and the appliance itself. */
@NullMarked
@Export
@Version("2.0.0")
package org.solera.platform.api;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
