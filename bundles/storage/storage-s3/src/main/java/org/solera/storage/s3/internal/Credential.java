// SPDX-License-Identifier: Apache-2.0
package org.solera.storage.s3.internal;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Who signed, and for what: {@code <access key>/<yyyymmdd>/<region>/s3/aws4_request}.
 *
 * @param keyId access key
 * @param date day of the signature, {@code yyyymmdd}
 * @param region any region; this box is in all of them
 */
record Credential(String keyId, String date, String region) {
    private static final Pattern FORM =
            Pattern.compile("([\\w.:/+=@-]{1,128})/(\\d{8})/([A-Za-z0-9-]{1,64})/(\\w{1,32})/aws4_request");

    static Credential parse(String text, S3Error error) throws S3Exception {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new S3Exception(error, "The credential must be <access key>/<yyyymmdd>/<region>/s3/aws4_request.");
        }
        if (!"s3".equals(matcher.group(4))) {
            throw new S3Exception(error, "The credential is for another service, not for s3.");
        }
        return new Credential(matcher.group(1), matcher.group(2), matcher.group(3));
    }

    String scope() {
        return date + "/" + region + "/s3/aws4_request";
    }

    byte[] signingKey(String secret) {
        byte[] day = Hashes.hmac(("AWS4" + secret).getBytes(StandardCharsets.UTF_8), date);
        return Hashes.hmac(Hashes.hmac(Hashes.hmac(day, region), "s3"), "aws4_request");
    }
}
