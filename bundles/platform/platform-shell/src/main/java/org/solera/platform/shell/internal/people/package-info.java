// SPDX-License-Identifier: Apache-2.0
/** Commands of the scope {@code users}. */
@NullMarked
package org.solera.platform.shell.internal.people;

import org.jspecify.annotations.NullMarked;
