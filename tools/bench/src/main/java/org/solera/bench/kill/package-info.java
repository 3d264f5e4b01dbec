// SPDX-License-Identifier: Apache-2.0
/** Kills the appliance while it writes and counts what was acknowledged and is gone. */
@NullMarked
package org.solera.bench.kill;

import org.jspecify.annotations.NullMarked;
