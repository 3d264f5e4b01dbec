// SPDX-License-Identifier: Apache-2.0
package org.solera.storage.api;

/**
 * What to list of a bucket.
 *
 * @param prefix keys begin with this; may be empty
 * @param delimiter keys that hold it after the prefix are rolled up into common prefixes; empty for none
 * @param startAfter only keys and common prefixes greater than this, in the order of their UTF-8 bytes; may be empty
 * @param maxEntries most entries (objects and common prefixes together), 0 to 1,000
 */
public record ListQuery(String prefix, String delimiter, String startAfter, int maxEntries) {}
