// SPDX-License-Identifier: Apache-2.0
/** What protocol bundles register to be reached through the ports that {@code platform-net} owns. May name Netty types. */
@NullMarked
@Export
@Version("1.1.0")
package org.solera.platform.net.api;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
