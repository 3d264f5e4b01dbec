// SPDX-License-Identifier: Apache-2.0
/** The process that runs libvips: one request on standard input, one answer on standard output. */
package org.solera.media.image.worker;
