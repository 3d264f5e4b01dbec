// SPDX-License-Identifier: Apache-2.0
/** Starts, jails, supervises and ends the child processes of the appliance. */
@NullMarked
package org.solera.platform.worker.internal;

import org.jspecify.annotations.NullMarked;
