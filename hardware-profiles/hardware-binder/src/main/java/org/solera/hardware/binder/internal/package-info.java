// SPDX-License-Identifier: Apache-2.0
/** Binds what the probes found to a profile, and the profile to capabilities, settings and plain words. */
@NullMarked
package org.solera.hardware.binder.internal;

import org.jspecify.annotations.NullMarked;
