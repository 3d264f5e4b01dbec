// SPDX-License-Identifier: Apache-2.0
package org.solera.storage.api;

/**
 * A body that lies durably on the drives and belongs to no object yet. Staging needs no exclusive right, so a body that
 * one version of the engine staged can be committed by the next one. A staged body that is never committed is removed
 * after a day.
 *
 * @param id unique name of the body
 * @param sizeBytes length, in bytes
 * @param md5Hex MD5 of the body, lower-case hex
 * @param sha256Hex SHA-256 of the body, lower-case hex, or empty if it was not asked for
 */
public record StagedBody(String id, long sizeBytes, String md5Hex, String sha256Hex) {}
