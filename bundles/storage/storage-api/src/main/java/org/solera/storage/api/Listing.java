// SPDX-License-Identifier: Apache-2.0
package org.solera.storage.api;

import java.util.List;

/**
 * A page of a listing, in the order of UTF-8 bytes.
 *
 * @param objects the objects
 * @param commonPrefixes rolled-up prefixes, each ends in the delimiter
 * @param truncated whether more follow
 * @param next the {@code startAfter} of the following page; empty when not truncated
 */
public record Listing(List<StoredObject> objects, List<String> commonPrefixes, boolean truncated, String next) {
    public Listing {
        objects = List.copyOf(objects);
        commonPrefixes = List.copyOf(commonPrefixes);
    }
}
