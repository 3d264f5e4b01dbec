// SPDX-License-Identifier: Apache-2.0
/** The record of what is done in the shell: who, which command, from where, with which outcome. */
@NullMarked
package org.solera.platform.shell.internal.record;

import org.jspecify.annotations.NullMarked;
