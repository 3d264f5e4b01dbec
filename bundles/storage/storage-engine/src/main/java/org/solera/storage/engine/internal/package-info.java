// SPDX-License-Identifier: Apache-2.0
/** Keeps objects as verified files with copies on several drives, and says which of them exist in a change log on each. */
@NullMarked
package org.solera.storage.engine.internal;

import org.jspecify.annotations.NullMarked;
