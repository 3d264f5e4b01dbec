// SPDX-License-Identifier: Apache-2.0
/** Classes that are put into copies of product bundles to break them on purpose. */
@NullMarked
package org.solera.bench.broken;

import org.jspecify.annotations.NullMarked;
