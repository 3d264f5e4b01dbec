// SPDX-License-Identifier: Apache-2.0
/** Operations on images, audio and video: the operation grammar's planner and the processors it uses. */
@NullMarked
@Export
@Version("1.0.0")
package org.solera.media.api;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
