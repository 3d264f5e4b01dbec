// SPDX-License-Identifier: Apache-2.0
/** What needs attention: rules, notices, acknowledgement and delivery. */
@NullMarked
@Export
@Version("1.0.0")
package org.solera.platform.api.notices;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
