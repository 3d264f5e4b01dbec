// SPDX-License-Identifier: Apache-2.0
/** Requests that nobody should send, and the answers that they must get. */
@NullMarked
package org.solera.bench.hostile;

import org.jspecify.annotations.NullMarked;
