// SPDX-License-Identifier: Apache-2.0
/** The record of who changed what, when, from where and with which outcome. */
@NullMarked
@Export
@Version("1.0.0")
package org.solera.platform.api.audit;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
