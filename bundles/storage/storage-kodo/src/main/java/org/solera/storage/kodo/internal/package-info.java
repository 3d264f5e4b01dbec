// SPDX-License-Identifier: Apache-2.0
/** Serves objects for download, with media operations and signed addresses, as Kodo does. */
@NullMarked
package org.solera.storage.kodo.internal;

import org.jspecify.annotations.NullMarked;
