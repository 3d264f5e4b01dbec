// SPDX-License-Identifier: Apache-2.0
/** The only place that calls the features service of the container. */
@NullMarked
package org.solera.upgrade.engine.internal.karaf;

import org.jspecify.annotations.NullMarked;
