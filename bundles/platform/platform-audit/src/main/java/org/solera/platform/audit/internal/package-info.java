// SPDX-License-Identifier: Apache-2.0
/** The append-only, hash-chained record of changes. */
@NullMarked
package org.solera.platform.audit.internal;

import org.jspecify.annotations.NullMarked;
