// SPDX-License-Identifier: Apache-2.0
package org.solera.bench.client;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;

/**
 * Signs download URLs of private buckets as Kodo clients do. Immutable, thread-safe.
 *
 * @param accessKey the access key id
 * @param secretKey the secret
 */
public record PrivateUrls(String accessKey, String secretKey) {
    /** {@return a text without the secret} */
    @Override
    public String toString() {
        return "PrivateUrls[" + accessKey + "]";
    }

    /**
     * Signs one URL.
     *
     * @param authority host and port as the {@code Host} header will say them
     * @param target path and query of the object and the operation, encoded
     * @param until when the URL expires
     * @return path and query to ask for
     */
    public String sign(String authority, String target, Instant until) {
        String signed = target + (target.contains("?") ? "&" : "?") + "e=" + until.getEpochSecond();
        byte[] hash =
                Digests.hmac("HmacSHA1", secretKey.getBytes(StandardCharsets.UTF_8), "http://" + authority + signed);
        return signed + "&token=" + accessKey + ":" + Base64.getUrlEncoder().encodeToString(hash);
    }
}
