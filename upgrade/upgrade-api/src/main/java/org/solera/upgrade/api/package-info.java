// SPDX-License-Identifier: Apache-2.0
/** What is installed, in which version and why; replacing a bundle while the appliance serves. */
@NullMarked
@Export
@Version("1.0.0")
package org.solera.upgrade.api;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
