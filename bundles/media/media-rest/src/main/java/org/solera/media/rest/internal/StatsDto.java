// SPDX-License-Identifier: Apache-2.0
package org.solera.media.rest.internal;

import org.solera.media.api.MediaFigures;

/**
 * Wire form of what media operations did since their bundle started.
 *
 * @param requests operations asked for
 * @param hits answered from the cache
 * @param coalesced answered by work that another request began
 * @param computed done by a processor
 * @param failures ended with an error
 * @param cachedResults results in the cache now
 * @param cachedBytes bytes in the cache now
 */
public record StatsDto(
        long requests, long hits, long coalesced, long computed, long failures, int cachedResults, long cachedBytes) {
    static StatsDto of(MediaFigures figures) {
        return new StatsDto(
                figures.requests(),
                figures.hits(),
                figures.coalesced(),
                figures.computed(),
                figures.failures(),
                figures.cachedResults(),
                figures.cachedBytes());
    }
}
