// SPDX-License-Identifier: Apache-2.0
/** What resources of REST share and platform-rest enforces: pages, versions, conditions, codes. */
@NullMarked
@Export
@Version("1.0.0")
package org.solera.platform.api.rest;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
