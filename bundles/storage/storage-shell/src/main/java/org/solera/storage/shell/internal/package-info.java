// SPDX-License-Identifier: Apache-2.0
/** The shell commands of storage. */
@NullMarked
package org.solera.storage.shell.internal;

import org.jspecify.annotations.NullMarked;
