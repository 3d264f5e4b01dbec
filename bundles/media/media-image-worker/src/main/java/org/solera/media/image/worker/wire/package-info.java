// SPDX-License-Identifier: Apache-2.0
/** The messages between the appliance and an image worker; both sides carry these classes. */
@NullMarked
package org.solera.media.image.worker.wire;

import org.jspecify.annotations.NullMarked;
