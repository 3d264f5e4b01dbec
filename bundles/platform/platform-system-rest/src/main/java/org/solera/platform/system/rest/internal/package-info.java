// SPDX-License-Identifier: Apache-2.0
/** REST resources of the system: health, bundles, operations, settings, notices, figures, backups. */
@NullMarked
package org.solera.platform.system.rest.internal;

import org.jspecify.annotations.NullMarked;
