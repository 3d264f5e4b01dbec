// SPDX-License-Identifier: Apache-2.0
/** Serves the figures of every part in the Prometheus text format. */
@NullMarked
package org.solera.platform.metrics.internal;

import org.jspecify.annotations.NullMarked;
