// SPDX-License-Identifier: Apache-2.0
package org.solera.media.api;

/**
 * What an operation made.
 *
 * @param contentType its media type
 * @param content its bytes; the receiver does not change them
 */
public record MediaResult(String contentType, byte[] content) {}
