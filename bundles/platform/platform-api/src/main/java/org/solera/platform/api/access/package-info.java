// SPDX-License-Identifier: Apache-2.0
/** People and programs: users, groups, sessions, tokens, access keys, and what each may do. */
@NullMarked
@Export
@Version("1.0.0")
package org.solera.platform.api.access;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
