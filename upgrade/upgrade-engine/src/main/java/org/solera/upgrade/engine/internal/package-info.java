// SPDX-License-Identifier: Apache-2.0
/** Keeps the record of what is installed, and swaps bundles by it. */
@NullMarked
package org.solera.upgrade.engine.internal;

import org.jspecify.annotations.NullMarked;
