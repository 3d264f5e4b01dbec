// SPDX-License-Identifier: Apache-2.0
/** Commands of the scopes {@code audit}, {@code operations}, {@code notices}, {@code settings} and {@code backup}. */
@NullMarked
package org.solera.platform.shell.internal.system;

import org.jspecify.annotations.NullMarked;
