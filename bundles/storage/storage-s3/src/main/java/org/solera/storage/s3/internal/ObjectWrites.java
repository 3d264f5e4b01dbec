// SPDX-License-Identifier: Apache-2.0
package org.solera.storage.s3.internal;

import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.io.IOException;
import java.util.Optional;
import org.solera.platform.api.SoleraException;
import org.solera.storage.api.ObjectKey;
import org.solera.storage.api.ObjectMetadata;
import org.solera.storage.api.Precondition;
import org.solera.storage.api.StagedBody;
import org.solera.storage.api.StoredObject;

/** PUT and DELETE of objects. */
final class ObjectWrites {
    private final StoreAccess store;

    ObjectWrites(StoreAccess store) {
        this.store = store;
    }

    void put(S3Call call) throws SoleraException, IOException, InterruptedException {
        ObjectKey key = call.key();
        requireBucket(call);
        ObjectMetadata metadata =
                ObjectHeaders.metadata(call.exchange().request().headers());
        Precondition condition = Conditions.ofWrite(call);
        RequestBody body = RequestBody.of(call);
        StagedBody staged = store.stage(body.content(), body.expectation());
        StoredObject object = commit(staged, () -> store.call(each -> each.commit(key, staged, metadata, condition)));
        HttpHeaders headers = call.headers();
        headers.set("ETag", "\"" + object.etag() + "\"");
        body.checksum().ifPresent(checksum -> headers.set(checksum.header(), checksum.base64()));
        call.respond(HttpResponseStatus.OK, headers);
    }

    void delete(S3Call call) throws SoleraException, IOException, InterruptedException {
        ObjectKey key = call.key();
        boolean there = store.call(each -> each.delete(key));
        HttpHeaders headers = call.headers();
        headers.set("x-solera-deleted", Boolean.toString(there));
        call.respond(HttpResponseStatus.NO_CONTENT, headers);
    }

    private void requireBucket(S3Call call) throws SoleraException, InterruptedException {
        var bucket = call.bucket();
        if (store.call(each -> each.findBucket(bucket)).isEmpty()) { // before a body of gigabytes is read
            throw new S3Exception(S3Error.NO_SUCH_BUCKET, "The bucket does not exist.");
        }
    }

    /** What becomes of a staged body. */
    @FunctionalInterface
    interface Commit<T> {
        T run() throws SoleraException, InterruptedException;
    }

    /** Commits a staged body, or removes it. */
    <T> T commit(StagedBody staged, Commit<T> commit) throws SoleraException, InterruptedException {
        Optional<T> done = Optional.empty();
        try {
            done = Optional.of(commit.run());
            return done.get();
        } finally {
            if (done.isEmpty()) {
                store.discard(staged);
            }
        }
    }
}
