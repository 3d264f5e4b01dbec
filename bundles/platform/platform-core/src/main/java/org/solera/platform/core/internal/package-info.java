// SPDX-License-Identifier: Apache-2.0
/** The services that every domain stands on and that are never swapped: folders, clock, threads, drains, owners, health. */
@NullMarked
package org.solera.platform.core.internal;

import org.jspecify.annotations.NullMarked;
