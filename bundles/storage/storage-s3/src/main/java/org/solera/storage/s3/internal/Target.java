// SPDX-License-Identifier: Apache-2.0
package org.solera.storage.s3.internal;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a request is about.
 *
 * @param path the decoded path, for the signature
 * @param bucket the bucket, or empty for the service
 * @param key the key, or empty for the bucket
 * @param query decoded parameters; a parameter without value has an empty one
 */
record Target(String path, String bucket, String key, Map<String, String> query) {
    /** Most parameters of a request. */
    private static final int MAX_PARAMETERS = 100;

    /** @param baseDomain domain whose names before it are buckets; empty for none */
    static Target parse(String uri, String host, String baseDomain) throws S3Exception {
        int question = uri.indexOf('?');
        String rawPath = question < 0 ? uri : uri.substring(0, question);
        if (!rawPath.startsWith("/")) {
            throw new S3Exception(S3Error.INVALID_URI, "The request target must begin with a slash.");
        }
        String path = UriCodec.decode(rawPath, false);
        Map<String, String> query = question < 0 ? Map.of() : query(uri.substring(question + 1));
        Optional<String> virtual = virtualBucket(host, baseDomain);
        if (virtual.isPresent()) {
            return new Target(path, virtual.get(), path.substring(1), query);
        }
        int slash = path.indexOf('/', 1);
        return slash < 0
                ? new Target(path, path.substring(1), "", query)
                : new Target(path, path.substring(1, slash), path.substring(slash + 1), query);
    }

    boolean has(String parameter) {
        return query.containsKey(parameter);
    }

    String get(String parameter) {
        return query.getOrDefault(parameter, "");
    }

    /** {@return a whole number between 0 and the greatest} */
    int number(String parameter, int greatest) throws S3Exception {
        String text = query.get(parameter);
        if (text == null || text.isEmpty()) {
            return greatest;
        }
        try {
            int value = Integer.parseInt(text);
            if (value >= 0) {
                return Math.min(value, greatest);
            }
        } catch (NumberFormatException notOne) {
            throw new S3Exception(S3Error.INVALID_ARGUMENT, parameter + " must be a whole number.", notOne);
        }
        throw new S3Exception(S3Error.INVALID_ARGUMENT, parameter + " must not be negative.");
    }

    private static Optional<String> virtualBucket(String host, String baseDomain) {
        String name = host.toLowerCase(Locale.ROOT);
        int colon = name.lastIndexOf(':');
        name = colon < 0 ? name : name.substring(0, colon);
        String suffix = "." + baseDomain.toLowerCase(Locale.ROOT);
        return !baseDomain.isEmpty() && name.endsWith(suffix) && name.length() > suffix.length()
                ? Optional.of(name.substring(0, name.length() - suffix.length()))
                : Optional.empty();
    }

    private static Map<String, String> query(String raw) throws S3Exception {
        Map<String, String> query = new LinkedHashMap<>();
        for (String pair : raw.split("&")) {
            if (pair.isEmpty()) {
                continue;
            }
            int equals = pair.indexOf('=');
            String name = UriCodec.decode(equals < 0 ? pair : pair.substring(0, equals), true);
            String value = equals < 0 ? "" : UriCodec.decode(pair.substring(equals + 1), true);
            if (query.put(name, value) != null || query.size() > MAX_PARAMETERS) {
                throw new S3Exception(
                        S3Error.INVALID_ARGUMENT, "A parameter is given twice, or there are more than 100.");
            }
        }
        return query;
    }
}
