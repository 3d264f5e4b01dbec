// SPDX-License-Identifier: Apache-2.0
package org.solera.storage.s3.internal;

import io.netty.handler.codec.http.HttpHeaders;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.solera.platform.api.AccessKey;
import org.solera.platform.api.Identity;

/** Checks signatures of version 4, in headers and in queries, and old presigned requests. Thread-safe. */
final class SignatureCheck {
    private static final Duration SKEW = Duration.ofMinutes(15);
    private static final Duration LONGEST = Duration.ofDays(7);
    private static final DateTimeFormatter AMZ_DATE = DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'");
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");
    private static final String UNSIGNED_PAYLOAD = "UNSIGNED-PAYLOAD";

    private final Clock clock;

    /**
     * Who makes the request, and how its body is protected.
     *
     * @param identity in whose name it acts
     * @param payload what the body must be
     */
    record Verified(Identity identity, Payload payload) {}

    SignatureCheck(Clock clock) {
        this.clock = clock;
    }

    /** @param keys finds an access key by its public part */
    Verified verify(String method, Target target, HttpHeaders headers, Function<String, Optional<AccessKey>> keys)
            throws S3Exception {
        String header = headers.get("Authorization");
        if (header != null) {
            return ofHeader(method, target, headers, header, keys);
        }
        if (target.has("X-Amz-Signature") || target.has("X-Amz-Algorithm")) {
            return ofQuery(method, target, headers, keys);
        }
        if (PresignedV2.isForm(target)) {
            AccessKey key = PresignedV2.verify(method, target, headers, clock.instant(), keys);
            return new Verified(key.owner(), Payload.UNSIGNED);
        }
        throw new S3Exception(S3Error.ACCESS_DENIED, "The request is not signed.");
    }

    private Verified ofHeader(
            String method,
            Target target,
            HttpHeaders headers,
            String header,
            Function<String, Optional<AccessKey>> keys)
            throws S3Exception {
        Authorization authorization = Authorization.ofHeader(header);
        String date = headers.get("x-amz-date");
        if (date == null) {
            throw new S3Exception(S3Error.ACCESS_DENIED, "The header x-amz-date is missing.");
        }
        Instant when = instant(date, authorization.credential(), S3Error.AUTHORIZATION_HEADER_MALFORMED);
        if (Duration.between(when, clock.instant()).abs().compareTo(SKEW) > 0) {
            throw new S3Exception(
                    S3Error.REQUEST_TIME_TOO_SKEWED,
                    "The difference between the time of the request and that of the server is more than 15 minutes.");
        }
        for (Map.Entry<String, String> each : headers) {
            String name = each.getKey().toLowerCase(java.util.Locale.ROOT);
            if (name.startsWith("x-amz-") && !authorization.signedHeaders().contains(name)) {
                throw new S3Exception(S3Error.ACCESS_DENIED, "The header " + name + " is there and not signed.");
            }
        }
        String hash = headers.get("x-amz-content-sha256");
        if (hash == null) {
            throw new S3Exception(S3Error.INVALID_REQUEST, "The header x-amz-content-sha256 is missing.");
        }
        byte[] key = check(method, target, headers, authorization, date, hash, keys);
        Identity identity = require(keys, authorization).owner();
        return new Verified(identity, payload(hash, key, date, authorization));
    }

    private Verified ofQuery(
            String method, Target target, HttpHeaders headers, Function<String, Optional<AccessKey>> keys)
            throws S3Exception {
        S3Error error = S3Error.AUTHORIZATION_QUERY_PARAMETERS_ERROR;
        Authorization authorization = Authorization.ofQuery(target.query());
        String date = target.get("X-Amz-Date");
        Instant from = instant(date, authorization.credential(), error);
        long seconds;
        try {
            seconds = Long.parseLong(target.get("X-Amz-Expires"));
        } catch (NumberFormatException notOne) {
            throw new S3Exception(error, "X-Amz-Expires must be a number of seconds.", notOne);
        }
        if (seconds < 1 || seconds > LONGEST.toSeconds()) {
            throw new S3Exception(error, "X-Amz-Expires must be between 1 and 604,800 seconds.");
        }
        Instant now = clock.instant();
        if (now.isAfter(from.plusSeconds(seconds)) || now.isBefore(from.minus(SKEW))) {
            throw new S3Exception(S3Error.ACCESS_DENIED, "The request has expired, or is not yet valid.");
        }
        String hash = Optional.ofNullable(headers.get("x-amz-content-sha256"))
                .filter(value -> authorization.signedHeaders().contains("x-amz-content-sha256"))
                .orElse(UNSIGNED_PAYLOAD);
        byte[] key = check(method, target, headers, authorization, date, hash, keys);
        Identity identity = require(keys, authorization).owner();
        return new Verified(identity, payload(hash, key, date, authorization));
    }

    private static byte[] check(
            String method,
            Target target,
            HttpHeaders headers,
            Authorization authorization,
            String date,
            String hash,
            Function<String, Optional<AccessKey>> keys)
            throws S3Exception {
        Credential credential = authorization.credential();
        byte[] key = credential.signingKey(require(keys, authorization).secret());
        String canonical = CanonicalRequest.of(method, target, headers, authorization.signedHeaders(), hash);
        String text = CanonicalRequest.stringToSign(date, credential.scope(), canonical);
        String expected = HexFormat.of().formatHex(Hashes.hmac(key, text));
        if (!Hashes.same(expected, authorization.signature())) {
            throw new S3Exception(
                    S3Error.SIGNATURE_DOES_NOT_MATCH,
                    "The signature that was calculated is not the one provided. Check the secret key and the signing method.");
        }
        return key;
    }

    private static AccessKey require(Function<String, Optional<AccessKey>> keys, Authorization authorization)
            throws S3Exception {
        return keys.apply(authorization.credential().keyId())
                .orElseThrow(() -> new S3Exception(
                        S3Error.INVALID_ACCESS_KEY_ID, "The access key does not exist or is not in force."));
    }

    private static Payload payload(String hash, byte[] key, String date, Authorization authorization)
            throws S3Exception {
        if (HASH.matcher(hash).matches()) {
            return new Payload(hash, false, false, null);
        }
        return switch (hash) {
            case UNSIGNED_PAYLOAD -> Payload.UNSIGNED;
            case "STREAMING-UNSIGNED-PAYLOAD-TRAILER" -> new Payload(null, true, true, null);
            case "STREAMING-AWS4-HMAC-SHA256-PAYLOAD", "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER" ->
                new Payload(
                        null,
                        true,
                        hash.endsWith("-TRAILER"),
                        new ChunkSignatures(
                                key, date, authorization.credential().scope(), authorization.signature()));
            default ->
                throw new S3Exception(
                        S3Error.INVALID_ARGUMENT,
                        "x-amz-content-sha256 must be a hash, UNSIGNED-PAYLOAD or a known STREAMING value.");
        };
    }

    private static Instant instant(String date, Credential credential, S3Error error) throws S3Exception {
        try {
            Instant when = LocalDateTime.parse(date, AMZ_DATE).toInstant(ZoneOffset.UTC);
            if (date.startsWith(credential.date())) {
                return when;
            }
        } catch (DateTimeException malformed) {
            throw new S3Exception(error, "The date must have the form yyyymmddThhmmssZ.", malformed);
        }
        throw new S3Exception(error, "The date of the credential is not that of the request.");
    }
}
