// SPDX-License-Identifier: Apache-2.0
/** The process that runs libvips: reads requests from its standard input, writes answers to its standard output. */
@NullMarked
package org.solera.media.image.worker;

import org.jspecify.annotations.NullMarked;
