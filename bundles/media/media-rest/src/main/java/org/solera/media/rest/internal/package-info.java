// SPDX-License-Identifier: Apache-2.0
/** The resources of media under {@code /api/v1/media}. */
@NullMarked
package org.solera.media.rest.internal;

import org.jspecify.annotations.NullMarked;
