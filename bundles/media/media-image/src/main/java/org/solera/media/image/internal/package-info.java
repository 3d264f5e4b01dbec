// SPDX-License-Identifier: Apache-2.0
/** Works on images in a pool of libvips processes. */
@NullMarked
package org.solera.media.image.internal;

import org.jspecify.annotations.NullMarked;
