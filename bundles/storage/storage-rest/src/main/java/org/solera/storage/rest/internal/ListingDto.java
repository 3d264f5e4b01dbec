// SPDX-License-Identifier: Apache-2.0
package org.solera.storage.rest.internal;

import java.util.List;
import org.solera.storage.api.Listing;

/**
 * A page of a listing.
 *
 * @param objects the objects
 * @param commonPrefixes rolled-up prefixes
 * @param truncated whether more follow
 * @param next {@code startAfter} of the following page
 */
public record ListingDto(List<ObjectDto> objects, List<String> commonPrefixes, boolean truncated, String next) {
    public ListingDto {
        objects = List.copyOf(objects);
        commonPrefixes = List.copyOf(commonPrefixes);
    }

    static ListingDto of(Listing listing) {
        return new ListingDto(
                listing.objects().stream().map(ObjectDto::of).toList(),
                listing.commonPrefixes(),
                listing.truncated(),
                listing.next());
    }
}
