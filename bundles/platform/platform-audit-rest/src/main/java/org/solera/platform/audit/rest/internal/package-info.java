// SPDX-License-Identifier: Apache-2.0
/** REST resources of the audit. */
@NullMarked
package org.solera.platform.audit.rest.internal;

import org.jspecify.annotations.NullMarked;
