// SPDX-License-Identifier: Apache-2.0
/** Load with verified bodies, and how long each request took. */
@NullMarked
package org.solera.bench.load;

import org.jspecify.annotations.NullMarked;
