// SPDX-License-Identifier: Apache-2.0
/** Keeps figures of the past days in bounded space. */
@NullMarked
package org.solera.platform.history.internal;

import org.jspecify.annotations.NullMarked;
