// SPDX-License-Identifier: Apache-2.0
/** Start-up, throughput and image speed beside peers measured in the same run. */
@NullMarked
package org.solera.bench.speed;

import org.jspecify.annotations.NullMarked;
