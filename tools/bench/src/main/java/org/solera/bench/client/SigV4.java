// SPDX-License-Identifier: Apache-2.0
package org.solera.bench.client;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Signs S3 requests with AWS Signature Version 4, written apart from the appliance so that one does not repeat the
 * mistakes of the other. Immutable, thread-safe.
 *
 * @param accessKey the access key id
 * @param secretKey the secret
 * @param region the region signed for
 */
public record SigV4(String accessKey, String secretKey, String region) {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    /** {@return a text without the secret} */
    @Override
    public String toString() {
        return "SigV4[" + accessKey + ", " + region + "]";
    }

    /**
     * Signs by headers.
     *
     * @param path decoded path, beginning with a slash
     * @param query decoded query parameters
     * @param headers headers to send and to sign, with {@code host}
     * @param bodyHash SHA-256 of the body in hex, or one of the literals that the protocol allows
     * @return all headers to send, by lower-case name
     */
    public Map<String, String> sign(
            String method,
            String path,
            Map<String, String> query,
            Map<String, String> headers,
            String bodyHash,
            Instant now) {
        SortedMap<String, String> signed = new TreeMap<>();
        headers.forEach((name, value) -> signed.put(name.toLowerCase(Locale.ROOT), value.strip()));
        signed.put("x-amz-date", TIME.format(now));
        signed.put("x-amz-content-sha256", bodyHash);
        String names = String.join(";", signed.keySet());
        String canonical = method + "\n" + encodePath(path) + "\n" + encodeQuery(query) + "\n"
                + signed.entrySet().stream()
                        .map(h -> h.getKey() + ":" + h.getValue() + "\n")
                        .collect(Collectors.joining())
                + "\n" + names + "\n" + bodyHash;
        Map<String, String> all = new TreeMap<>(signed);
        all.put(
                "authorization",
                "AWS4-HMAC-SHA256 Credential=" + accessKey + "/" + scope(now) + ",SignedHeaders=" + names
                        + ",Signature=" + signature(canonical, now));
        return all;
    }

    /**
     * Signs by query parameters, for a URL that somebody else may use.
     *
     * @return path and query, encoded
     */
    public String presign(String method, String host, String path, int expirySeconds, Instant now) {
        Map<String, String> query = new TreeMap<>();
        query.put("X-Amz-Algorithm", "AWS4-HMAC-SHA256");
        query.put("X-Amz-Credential", accessKey + "/" + scope(now));
        query.put("X-Amz-Date", TIME.format(now));
        query.put("X-Amz-Expires", Integer.toString(expirySeconds));
        query.put("X-Amz-SignedHeaders", "host");
        String canonical = method + "\n" + encodePath(path) + "\n" + encodeQuery(query) + "\nhost:" + host
                + "\n\nhost\nUNSIGNED-PAYLOAD";
        return encodePath(path) + "?" + encodeQuery(query) + "&X-Amz-Signature=" + signature(canonical, now);
    }

    /** {@return the path as it goes on the wire} */
    public static String encodePath(String path) {
        return encode(path, true);
    }

    /** {@return the query as it goes on the wire, in canonical order} */
    public static String encodeQuery(Map<String, String> query) {
        return new TreeMap<>(query)
                .entrySet().stream()
                        .map(p -> encode(p.getKey(), false) + "=" + encode(p.getValue(), false))
                        .collect(Collectors.joining("&"));
    }

    private String scope(Instant now) {
        return TIME.format(now).substring(0, 8) + "/" + region + "/s3/aws4_request";
    }

    private String signature(String canonicalRequest, Instant now) {
        String toSign = "AWS4-HMAC-SHA256\n" + TIME.format(now) + "\n" + scope(now) + "\n"
                + Digests.sha256(canonicalRequest.getBytes(StandardCharsets.UTF_8));
        byte[] key = ("AWS4" + secretKey).getBytes(StandardCharsets.UTF_8);
        key = Digests.hmac("HmacSHA256", key, TIME.format(now).substring(0, 8));
        key = Digests.hmac("HmacSHA256", key, region);
        key = Digests.hmac("HmacSHA256", key, "s3");
        key = Digests.hmac("HmacSHA256", key, "aws4_request");
        return HexFormat.of().formatHex(Digests.hmac("HmacSHA256", key, toSign));
    }

    private static String encode(String text, boolean keepSlash) {
        StringBuilder encoded = new StringBuilder(text.length() + 16);
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            boolean plain = c < 128 && (Character.isLetterOrDigit(c) || "-._~".indexOf(c) >= 0);
            if (plain || (keepSlash && c == '/')) {
                encoded.append(c);
            } else {
                encoded.append(String.format(Locale.ROOT, "%%%02X", (int) c));
            }
        }
        return encoded.toString();
    }
}
