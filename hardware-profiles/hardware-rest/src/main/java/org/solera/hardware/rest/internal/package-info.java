// SPDX-License-Identifier: Apache-2.0
/** Tells over REST what this box is, which profile fits it, and what it cannot run and why. */
@NullMarked
package org.solera.hardware.rest.internal;

import org.jspecify.annotations.NullMarked;
