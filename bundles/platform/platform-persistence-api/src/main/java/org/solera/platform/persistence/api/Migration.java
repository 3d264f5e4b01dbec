// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.persistence.api;

/**
 * One step of a schema. A step that was released never changes: its digest is kept with it in the database.
 *
 * @param version number, from 1 without a gap
 * @param title what it does
 * @param sql statements, each ended by a semicolon at the end of a line. {@code @LONGTEXT@}, {@code @BYTES@} and
 *     {@code @IDENTITY@} stand for the words of the database in use
 */
public record Migration(int version, String title, String sql) {}
