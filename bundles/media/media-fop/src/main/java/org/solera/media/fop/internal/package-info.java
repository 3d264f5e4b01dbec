// SPDX-License-Identifier: Apache-2.0
/** Understands operation strings, runs them, and keeps their results for a while. */
@NullMarked
package org.solera.media.fop.internal;

import org.jspecify.annotations.NullMarked;
