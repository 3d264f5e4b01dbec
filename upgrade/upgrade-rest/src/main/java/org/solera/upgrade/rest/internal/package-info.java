// SPDX-License-Identifier: Apache-2.0
/** REST resources of swaps and of what is installed. */
@NullMarked
package org.solera.upgrade.rest.internal;

import org.jspecify.annotations.NullMarked;
