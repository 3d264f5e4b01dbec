// SPDX-License-Identifier: Apache-2.0
package org.solera.storage.s3.internal;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import org.solera.storage.api.Precondition;
import org.solera.storage.api.StoredObject;

/** The conditions of a request on an object, in the order that HTTP gives them. Stateless. */
final class Conditions {
    private Conditions() {}

    /**
     * Checks the conditions of a read.
     *
     * @param prefix what stands before the names: empty, or that of the source of a copy
     */
    static void check(S3Call call, StoredObject object, String prefix) throws S3Exception {
        Optional<String> match = call.header(prefix + "if-match");
        Optional<Instant> unmodifiedSince = time(call, prefix + "if-unmodified-since");
        Instant modified = ObjectHeaders.seconds(object.modified());
        if (match.isPresent()
                ? !matches(match.get(), object)
                : unmodifiedSince.filter(modified::isAfter).isPresent()) {
            throw failed();
        }
        Optional<String> noneMatch = call.header(prefix + "if-none-match");
        Optional<Instant> modifiedSince = time(call, prefix + "if-modified-since");
        boolean unchanged = noneMatch.isPresent()
                ? matches(noneMatch.get(), object)
                : modifiedSince.filter(since -> !modified.isAfter(since)).isPresent();
        if (unchanged) {
            throw prefix.isEmpty() ? new S3Exception(S3Error.NOT_MODIFIED, "Not modified.") : failed();
        }
    }

    /** {@return the condition of a write} */
    static Precondition ofWrite(S3Call call) throws S3Exception {
        Optional<String> noneMatch = call.header("if-none-match");
        if (noneMatch.isPresent() && !"*".equals(noneMatch.get().strip())) {
            throw new S3Exception(S3Error.NOT_IMPLEMENTED, "If-None-Match of a write knows only the asterisk.");
        }
        return new Precondition(call.header("if-match").map(Conditions::unquote), noneMatch.isPresent());
    }

    static String unquote(String etag) {
        String text = etag.strip();
        return text.length() >= 2 && text.startsWith("\"") && text.endsWith("\"")
                ? text.substring(1, text.length() - 1)
                : text;
    }

    private static boolean matches(String header, StoredObject object) {
        for (String each : header.split(",")) {
            String tag = each.strip();
            tag = tag.startsWith("W/") ? tag.substring(2) : tag;
            if ("*".equals(tag) || unquote(tag).equals(object.etag())) {
                return true;
            }
        }
        return false;
    }

    private static Optional<Instant> time(S3Call call, String name) {
        return call.header(name).flatMap(text -> {
            try {
                return Optional.of(ZonedDateTime.parse(text.strip(), DateTimeFormatter.RFC_1123_DATE_TIME)
                        .toInstant());
            } catch (DateTimeException ignoredByHttp) {
                return Optional.empty();
            }
        });
    }

    private static S3Exception failed() {
        return new S3Exception(S3Error.PRECONDITION_FAILED, "A condition of the request does not hold.");
    }
}
