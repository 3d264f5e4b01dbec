// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.api.rest;

import org.jspecify.annotations.Nullable;
import org.solera.platform.api.SoleraException;

/**
 * The version of a thing that people edit, as the headers {@code ETag} and {@code If-Match} carry it.
 *
 * @param number grows with every change
 */
public record EditVersion(long number) {
    /** {@return the value of the header ETag, {@code "7"} with its quotes} */
    public static String etag(long number) {
        return "\"" + number + "\"";
    }

    /** {@return the refusal of an edit that names no version} */
    public static SoleraException missing() {
        return new SoleraException(
                RestError.PRECONDITION_REQUIRED,
                "The edit does not say which version it is based on.",
                "Send the ETag of the last answer as If-Match.",
                null);
    }

    /**
     * Compares what an edit is based on with what is.
     *
     * @param ifMatch value of the header; {@code *} fits every version
     * @param current the version of the thing now
     * @throws SoleraException with {@link RestError#PRECONDITION_REQUIRED} without a header, with
     *     {@link RestError#PRECONDITION_FAILED} if it names another version
     */
    public static EditVersion require(@Nullable String ifMatch, long current) throws SoleraException {
        if (ifMatch == null || ifMatch.isBlank()) {
            throw missing();
        }
        for (String each : ifMatch.split(",", 20)) {
            String tag = each.strip();
            if (tag.equals("*") || etag(current).equals(tag.startsWith("W/") ? tag.substring(2) : tag)) {
                return new EditVersion(current);
            }
        }
        throw new SoleraException(
                RestError.PRECONDITION_FAILED,
                "Somebody changed this since it was read.",
                "Read it again and repeat the edit.",
                null);
    }
}
