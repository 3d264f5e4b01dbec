// SPDX-License-Identifier: Apache-2.0
package org.solera.storage.s3.internal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A signature as it arrived.
 *
 * @param credential who signed
 * @param signedHeaders names of the signed headers, lower case, in the order of the signature
 * @param signature the signature, in hex
 */
record Authorization(Credential credential, List<String> signedHeaders, String signature) {
    static final String ALGORITHM = "AWS4-HMAC-SHA256";
    private static final Pattern SIGNATURE = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern HEADER_NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9a-z-]{1,128}");
    private static final int MAX_HEADERS = 100;

    Authorization {
        signedHeaders = List.copyOf(signedHeaders);
    }

    /** Parses the {@code Authorization} header. */
    static Authorization ofHeader(String header) throws S3Exception {
        S3Error error = S3Error.AUTHORIZATION_HEADER_MALFORMED;
        if (header.startsWith("AWS ")) {
            throw new S3Exception(
                    S3Error.INVALID_REQUEST,
                    "Signature version 2 is not supported. Please use AWS4-HMAC-SHA256 (signature version 4).");
        }
        if (!header.startsWith(ALGORITHM + " ")) {
            throw new S3Exception(S3Error.INVALID_REQUEST, "Only AWS4-HMAC-SHA256 signatures are supported.");
        }
        Map<String, String> fields = new HashMap<>();
        for (String field : header.substring(ALGORITHM.length()).split(",")) {
            int equals = field.indexOf('=');
            if (equals < 0
                    || fields.put(
                                    field.substring(0, equals).strip(),
                                    field.substring(equals + 1).strip())
                            != null) {
                throw new S3Exception(error, "The Authorization header is not a list of name=value.");
            }
        }
        return of(fields, "Credential", "SignedHeaders", "Signature", error);
    }

    /** Parses the parameters of a presigned request. */
    static Authorization ofQuery(Map<String, String> query) throws S3Exception {
        S3Error error = S3Error.AUTHORIZATION_QUERY_PARAMETERS_ERROR;
        if (!ALGORITHM.equals(query.get("X-Amz-Algorithm"))) {
            throw new S3Exception(error, "X-Amz-Algorithm only supports AWS4-HMAC-SHA256.");
        }
        return of(query, "X-Amz-Credential", "X-Amz-SignedHeaders", "X-Amz-Signature", error);
    }

    private static Authorization of(
            Map<String, String> fields, String credential, String signedHeaders, String signature, S3Error error)
            throws S3Exception {
        for (String name : List.of(credential, signedHeaders, signature)) {
            if (fields.getOrDefault(name, "").isEmpty()) {
                throw new S3Exception(error, name + " is missing.");
            }
        }
        Credential who = Credential.parse(fields.getOrDefault(credential, ""), error);
        String hex = fields.getOrDefault(signature, "");
        if (!SIGNATURE.matcher(hex).matches()) {
            throw new S3Exception(error, "The signature must be 64 lower-case hex digits.");
        }
        List<String> names = new ArrayList<>();
        for (String name : fields.getOrDefault(signedHeaders, "").split(";")) {
            String lower = name.toLowerCase(Locale.ROOT);
            if (!HEADER_NAME.matcher(lower).matches() || names.size() >= MAX_HEADERS) {
                throw new S3Exception(error, "The list of signed headers is malformed.");
            }
            names.add(lower);
        }
        if (!names.contains("host")) {
            throw new S3Exception(error, "The host header must be signed.");
        }
        return new Authorization(who, names, hex);
    }
}
