// SPDX-License-Identifier: Apache-2.0
package org.solera.storage.s3.internal;

import io.netty.handler.codec.http.HttpHeaders;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The text that both sides of a signature make of a request. */
final class CanonicalRequest {
    private CanonicalRequest() {}

    static String of(
            String method, Target target, HttpHeaders headers, List<String> signedHeaders, String payloadHash) {
        StringBuilder text = new StringBuilder(512);
        text.append(method).append('\n');
        text.append(UriCodec.encode(target.path(), true)).append('\n');
        text.append(query(target.query())).append('\n');
        for (String name : signedHeaders) {
            text.append(name).append(':').append(value(headers, name)).append('\n');
        }
        text.append('\n').append(String.join(";", signedHeaders)).append('\n');
        return text.append(payloadHash).toString();
    }

    static String stringToSign(String amzDate, String scope, String canonicalRequest) {
        return Authorization.ALGORITHM + "\n" + amzDate + "\n" + scope + "\n" + Hashes.sha256Hex(canonicalRequest);
    }

    private static String query(Map<String, String> query) {
        Map<String, String> sorted = new TreeMap<>();
        query.forEach((name, value) -> {
            if (!"X-Amz-Signature".equals(name)) {
                sorted.put(UriCodec.encode(name, false), UriCodec.encode(value, false));
            }
        });
        StringBuilder text = new StringBuilder();
        sorted.forEach((name, value) -> text.append(text.length() == 0 ? "" : "&")
                .append(name)
                .append('=')
                .append(value));
        return text.toString();
    }

    private static String value(HttpHeaders headers, String name) {
        StringBuilder joined = new StringBuilder();
        for (String value : headers.getAll(name)) {
            joined.append(joined.length() == 0 ? "" : ",").append(value.strip().replaceAll(" +", " "));
        }
        return joined.toString();
    }
}
