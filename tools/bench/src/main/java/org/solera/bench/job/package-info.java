// SPDX-License-Identifier: Apache-2.0
/** The main job of the product on real files. */
@NullMarked
package org.solera.bench.job;

import org.jspecify.annotations.NullMarked;
