// SPDX-License-Identifier: Apache-2.0
/** Contracts between the database and the bundles that keep rows. The one api that names JPA types. */
@NullMarked
@Export
@Version("1.0.0")
package org.solera.platform.persistence.api;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
