// SPDX-License-Identifier: Apache-2.0
/** Shell commands of swaps and of what is installed. */
@NullMarked
package org.solera.upgrade.shell.internal;

import org.jspecify.annotations.NullMarked;
