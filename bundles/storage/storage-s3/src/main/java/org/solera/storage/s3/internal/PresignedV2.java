// SPDX-License-Identifier: Apache-2.0
package org.solera.storage.s3.internal;

import io.netty.handler.codec.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.solera.platform.api.AccessKey;

/**
 * Presigned requests of signature version 2. They are known for one reason: the AWS command line still makes them in its
 * default region. Signatures of version 2 in headers are refused. Stateless.
 */
final class PresignedV2 {
    private static final Duration LONGEST = Duration.ofDays(7);
    private static final List<String> SIGNED_PARAMETERS = List.of(
            "acl",
            "delete",
            "lifecycle",
            "location",
            "logging",
            "notification",
            "partNumber",
            "policy",
            "requestPayment",
            "response-cache-control",
            "response-content-disposition",
            "response-content-encoding",
            "response-content-language",
            "response-content-type",
            "response-expires",
            "tagging",
            "torrent",
            "uploadId",
            "uploads",
            "versionId",
            "versioning",
            "versions",
            "website");

    private PresignedV2() {}

    static boolean isForm(Target target) {
        return target.has("Signature") && target.has("AWSAccessKeyId");
    }

    /** {@return the key with which the request was signed} */
    static AccessKey verify(
            String method, Target target, HttpHeaders headers, Instant now, Function<String, Optional<AccessKey>> keys)
            throws S3Exception {
        Instant until;
        try {
            until = Instant.ofEpochSecond(Long.parseLong(target.get("Expires")));
        } catch (NumberFormatException | java.time.DateTimeException notOne) {
            throw new S3Exception(S3Error.ACCESS_DENIED, "Expires must be a time in seconds.", notOne);
        }
        if (now.isAfter(until)) {
            throw new S3Exception(S3Error.ACCESS_DENIED, "The request has expired.");
        }
        if (until.isAfter(now.plus(LONGEST))) {
            throw new S3Exception(S3Error.ACCESS_DENIED, "A presigned request is good for 7 days at most.");
        }
        AccessKey key = keys.apply(target.get("AWSAccessKeyId"))
                .orElseThrow(() -> new S3Exception(
                        S3Error.INVALID_ACCESS_KEY_ID, "The access key does not exist or is not in force."));
        if (!Hashes.same(sign(key.secret(), text(method, target, headers)), target.get("Signature"))) {
            throw new S3Exception(
                    S3Error.SIGNATURE_DOES_NOT_MATCH, "The signature that was calculated is not the one provided.");
        }
        return key;
    }

    static String text(String method, Target target, HttpHeaders headers) {
        StringBuilder text = new StringBuilder(method).append('\n');
        text.append(headers.get("Content-MD5", "")).append('\n');
        text.append(headers.get("Content-Type", "")).append('\n');
        text.append(target.get("Expires")).append('\n');
        Map<String, String> amz = new TreeMap<>();
        for (Map.Entry<String, String> header : headers) {
            String name = header.getKey().toLowerCase(Locale.ROOT);
            if (name.startsWith("x-amz-")) {
                amz.merge(name, header.getValue().strip(), (one, other) -> one + "," + other);
            }
        }
        amz.forEach((name, value) -> text.append(name).append(':').append(value).append('\n'));
        String bucket = "/" + target.bucket();
        boolean inPath = target.path().equals(bucket) || target.path().startsWith(bucket + "/");
        text.append(UriCodec.encode(inPath ? target.path() : bucket + target.path(), true));
        char separator = '?';
        for (String name : SIGNED_PARAMETERS) {
            if (target.has(name)) {
                String value = target.get(name);
                text.append(separator).append(name).append(value.isEmpty() ? "" : "=" + value);
                separator = '&';
            }
        }
        return text.toString();
    }

    static String sign(String secret, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
            return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException | InvalidKeyException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
