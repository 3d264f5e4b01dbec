// SPDX-License-Identifier: Apache-2.0
/** The REST resources of storage. */
@NullMarked
package org.solera.storage.rest.internal;

import org.jspecify.annotations.NullMarked;
