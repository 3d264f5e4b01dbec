// SPDX-License-Identifier: Apache-2.0
package org.solera.storage.api;

import java.util.Map;
import java.util.TreeMap;

/**
 * What the writer of an object says about it.
 *
 * @param contentType media type, {@code application/octet-stream} when unknown
 * @param headers standard headers that are given back with the object, lower-case names: {@code cache-control},
 *     {@code content-disposition}, {@code content-encoding}, {@code content-language}, {@code expires}
 * @param user metadata of the writer's own, lower-case names without prefix
 */
public record ObjectMetadata(String contentType, Map<String, String> headers, Map<String, String> user) {
    public ObjectMetadata {
        headers = Map.copyOf(new TreeMap<>(headers));
        user = Map.copyOf(new TreeMap<>(user));
    }

    /** {@return metadata that says nothing but the media type} */
    public static ObjectMetadata of(String contentType) {
        return new ObjectMetadata(contentType, Map.of(), Map.of());
    }
}
