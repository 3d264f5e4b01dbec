// SPDX-License-Identifier: Apache-2.0
/** The commands of media in the shell. */
@NullMarked
package org.solera.media.shell.internal;

import org.jspecify.annotations.NullMarked;
