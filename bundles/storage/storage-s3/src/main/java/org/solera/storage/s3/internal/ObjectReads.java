// SPDX-License-Identifier: Apache-2.0
package org.solera.storage.s3.internal;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import java.util.Optional;
import org.solera.platform.api.SoleraException;
import org.solera.storage.api.ObjectKey;
import org.solera.storage.api.ObjectReader;
import org.solera.storage.api.StoredObject;

/** GET and HEAD of objects. */
final class ObjectReads {
    private static final int BUFFER_BYTES = 64 << 10;
    private static final Map<String, String> OVERRIDES = Map.of(
            "response-content-type", "Content-Type",
            "response-content-language", "Content-Language",
            "response-expires", "Expires",
            "response-cache-control", "Cache-Control",
            "response-content-disposition", "Content-Disposition",
            "response-content-encoding", "Content-Encoding");

    private final StoreAccess store;

    ObjectReads(StoreAccess store) {
        this.store = store;
    }

    void get(S3Call call) throws SoleraException, IOException, InterruptedException {
        ObjectKey key = call.key();
        Optional<ObjectReader> opened = store.call(each -> each.open(key));
        if (opened.isEmpty()) {
            throw missing(call);
        }
        try (ObjectReader reader = opened.get()) {
            StoredObject object = reader.object();
            Conditions.check(call, object, "");
            Optional<ByteRange> range = range(call, object);
            HttpHeaders headers = headers(call, object, range);
            long first = range.map(ByteRange::first).orElse(0L);
            long length = range.map(ByteRange::length).orElse(object.sizeBytes());
            try (InputStream content = reader.read(first, length)) {
                HttpResponseStatus status =
                        range.isPresent() ? HttpResponseStatus.PARTIAL_CONTENT : HttpResponseStatus.OK;
                OutputStream out = call.exchange().respond(status, headers);
                copy(content, out); // damage underway cuts the connection: the stream is not closed
                out.close();
            }
        }
    }

    void head(S3Call call) throws SoleraException, IOException, InterruptedException {
        ObjectKey key = call.key();
        Optional<StoredObject> found = store.call(each -> each.find(key));
        if (found.isEmpty()) {
            throw missing(call);
        }
        Conditions.check(call, found.get(), "");
        call.respondHead(headers(call, found.get(), Optional.empty()));
    }

    private S3Exception missing(S3Call call) throws SoleraException, InterruptedException {
        var bucket = call.bucket();
        return store.call(each -> each.findBucket(bucket)).isEmpty()
                ? new S3Exception(S3Error.NO_SUCH_BUCKET, "The bucket does not exist.")
                : new S3Exception(S3Error.NO_SUCH_KEY, "The key does not exist.");
    }

    private static Optional<ByteRange> range(S3Call call, StoredObject object) throws S3Exception {
        Optional<String> header = call.header("range");
        return header.isPresent() ? ByteRange.parse(header.get(), object.sizeBytes()) : Optional.empty();
    }

    private static HttpHeaders headers(S3Call call, StoredObject object, Optional<ByteRange> range) {
        HttpHeaders headers = call.headers();
        ObjectHeaders.put(object, headers);
        OVERRIDES.forEach((parameter, header) -> {
            String value = call.target().get(parameter);
            if (!value.isEmpty() && value.chars().noneMatch(c -> c < 0x20 || c == 0x7F)) {
                headers.set(header, value);
            }
        });
        headers.set(HttpHeaderNames.CONTENT_LENGTH, range.map(ByteRange::length).orElse(object.sizeBytes()));
        range.ifPresent(each -> headers.set(HttpHeaderNames.CONTENT_RANGE, each.contentRange(object.sizeBytes())));
        return headers;
    }

    private static void copy(InputStream content, OutputStream out) throws IOException {
        byte[] buffer = new byte[BUFFER_BYTES];
        for (int got = content.read(buffer); got >= 0; got = content.read(buffer)) {
            out.write(buffer, 0, got);
        }
    }
}
