// SPDX-License-Identifier: Apache-2.0
/** Shell commands of the scope {@code platform}. */
@NullMarked
package org.solera.platform.shell.internal;

import org.jspecify.annotations.NullMarked;
