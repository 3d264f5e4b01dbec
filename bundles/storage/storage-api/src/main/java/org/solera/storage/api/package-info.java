// SPDX-License-Identifier: Apache-2.0
/** Buckets and objects, whatever keeps them and whatever protocol asks for them. */
@NullMarked
@Export
@Version("1.0.0")
package org.solera.storage.api;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
