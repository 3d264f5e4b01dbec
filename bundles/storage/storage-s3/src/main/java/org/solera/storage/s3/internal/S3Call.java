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
import java.util.Locale;
import java.util.Optional;
import org.solera.platform.api.Identity;
import org.solera.platform.api.Scope;
import org.solera.platform.api.access.Action;
import org.solera.platform.api.access.Domain;
import org.solera.platform.api.access.Permissions;
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
    /** {@return whether the caller may do this with the bucket} */
    boolean may(Action action, BucketName bucket) {
        return Permissions.allows(identity, Domain.STORAGE, action, Scope.bucket(bucket.value()));
    }

    /** Refuses a caller who may not do this with the bucket, whether the bucket exists or not. */
    void require(Action action, BucketName bucket) throws S3Exception {
        if (!may(action, bucket)) {
            throw denied(action, "the bucket " + bucket);
        }
    }

    /** Refuses a caller who may not do this with the bucket of the request or, where none is named, with any. */
    void require(Action action) throws S3Exception, StorageException {
        if (!target.bucket().isEmpty()) {
            require(action, bucket());
        } else if (!Permissions.allowsSomewhere(identity, Domain.STORAGE, action)) {
            throw denied(action, "any bucket");
        }
    }

    /** Refuses a caller who may not create and delete buckets: a grant for one bucket is for what is in it. */
    void requireAllBuckets() throws S3Exception {
        if (!Permissions.allows(identity, Domain.STORAGE, Action.CHANGE, Scope.EVERYWHERE)) {
            throw new S3Exception(
                    S3Error.ACCESS_DENIED,
                    "Buckets are created and deleted by those who may change storage everywhere.");
        }
    }

    private static S3Exception denied(Action action, String what) {
        return new S3Exception(
                S3Error.ACCESS_DENIED,
                "The access key may not %s %s.".formatted(action.name().toLowerCase(Locale.ROOT), what));
    }

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
