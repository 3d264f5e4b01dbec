// SPDX-License-Identifier: Apache-2.0
/** Settings that an administrator makes, checked before they are taken. */
@NullMarked
@Export
@Version("1.0.0")
package org.solera.platform.api.settings;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
