// SPDX-License-Identifier: Apache-2.0
package org.solera.media.api;

/**
 * What media operations did since their bundle started.
 *
 * @param requests operations asked for
 * @param hits answered from the cache
 * @param coalesced answered by the same work that another request began
 * @param computed done by a processor
 * @param failures ended with an error
 * @param cachedResults results in the cache now
 * @param cachedBytes bytes of the results in the cache now
 */
public record MediaFigures(
        long requests, long hits, long coalesced, long computed, long failures, int cachedResults, long cachedBytes) {}
