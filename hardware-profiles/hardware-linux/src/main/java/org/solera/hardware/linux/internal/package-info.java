// SPDX-License-Identifier: Apache-2.0
/** Reads what a Linux machine is from its files, below a root that can be replaced by a recorded machine. */
@NullMarked
package org.solera.hardware.linux.internal;

import org.jspecify.annotations.NullMarked;
