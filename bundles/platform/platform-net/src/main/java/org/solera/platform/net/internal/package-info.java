// SPDX-License-Identifier: Apache-2.0
/** Owns every listening socket and hands connections and requests to the handlers that other bundles register. */
@NullMarked
package org.solera.platform.net.internal;

import org.jspecify.annotations.NullMarked;
