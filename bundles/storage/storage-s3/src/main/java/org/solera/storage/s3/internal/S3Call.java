// SPDX-License-Identifier: Apache-2.0
package org.solera.storage.s3.internal;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.solera.platform.api.Identity;
import org.solera.platform.net.api.HttpExchange;
import org.solera.storage.api.BucketName;
import org.solera.storage.api.ObjectKey;
import org.solera.storage.api.StorageException;

/**
 * A verified request of S3 and the way to answer it. Confined to one thread.
 *
 * @param exchange the request
 * @param target what it is about
 * @param identity who makes it
 * @param payload how its body is protected
 */
record S3Call(HttpExchange exchange, Target target, Identity identity, Payload payload) {
    String method() {
        return exchange.request().method().name();
    }

    Optional<String> header(String name) {
        return Optional.ofNullable(exchange.request().headers().get(name));
    }

    BucketName bucket() throws StorageException {
        return BucketName.parse(target.bucket());
    }

    ObjectKey key() throws StorageException {
        return ObjectKey.parse(bucket(), target.key());
    }

    static HttpHeaders headers(HttpExchange exchange) {
        HttpHeaders headers = new DefaultHttpHeaders();
        headers.set("x-amz-request-id", exchange.requestId());
        headers.set(HttpHeaderNames.SERVER, "Solera");
        return headers;
    }

    HttpHeaders headers() {
        return headers(exchange);
    }

    void respond(HttpResponseStatus status, HttpHeaders headers) throws IOException {
        exchange.respond(status, headers, Unpooled.EMPTY_BUFFER);
    }

    void respond(HttpResponseStatus status) throws IOException {
        respond(status, headers());
    }

    void respondXml(String document) throws IOException {
        respondXml(document, headers());
    }

    void respondXml(String document, HttpHeaders headers) throws IOException {
        headers.set(HttpHeaderNames.CONTENT_TYPE, "application/xml");
        ByteBuf content = Unpooled.copiedBuffer(document, StandardCharsets.UTF_8);
        exchange.respond(HttpResponseStatus.OK, headers, content);
    }

    /** Answers with the length of a body that is not sent. */
    void respondHead(HttpHeaders headers) throws IOException {
        try (OutputStream none = exchange.respond(HttpResponseStatus.OK, headers)) {
            none.flush();
        }
    }
}
