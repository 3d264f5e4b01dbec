// SPDX-License-Identifier: Apache-2.0
/** Arithmetic of erasure codes: parity of shards and lost shards from those that are left. No input, no output. */
@NullMarked
package org.solera.storage.erasure;

import org.jspecify.annotations.NullMarked;
