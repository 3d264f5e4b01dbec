// SPDX-License-Identifier: Apache-2.0
/** The benchmarks of the product, run by the launcher from outside the appliance. */
@NullMarked
package org.solera.bench;

import org.jspecify.annotations.NullMarked;
