// SPDX-License-Identifier: Apache-2.0
/** Owns the database: one data source, versioned migrations, one JPA unit for each bundle that keeps rows. */
@NullMarked
package org.solera.platform.persistence.internal;

import org.jspecify.annotations.NullMarked;
