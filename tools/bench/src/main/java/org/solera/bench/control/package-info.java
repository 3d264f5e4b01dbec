// SPDX-License-Identifier: Apache-2.0
/** What the control plane costs, and what it costs the data plane. */
@NullMarked
package org.solera.bench.control;

import org.jspecify.annotations.NullMarked;
