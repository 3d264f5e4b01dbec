// SPDX-License-Identifier: Apache-2.0
/** Boots, watches and stops an appliance through its launcher. */
@NullMarked
package org.solera.bench.appliance;

import org.jspecify.annotations.NullMarked;
