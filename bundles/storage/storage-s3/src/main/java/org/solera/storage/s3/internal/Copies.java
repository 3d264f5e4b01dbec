// SPDX-License-Identifier: Apache-2.0
package org.solera.storage.s3.internal;

import java.io.IOException;
import org.solera.platform.api.SoleraException;
import org.solera.storage.api.ObjectKey;
import org.solera.storage.api.ObjectMetadata;
import org.solera.storage.api.StoredObject;

/** Copies of objects within the store. */
final class Copies {
    private final StoreAccess store;
    private final ObjectWrites writes;

    Copies(StoreAccess store, ObjectWrites writes) {
        this.store = store;
        this.writes = writes;
    }

    void copy(S3Call call) throws SoleraException, IOException, InterruptedException {
        ObjectKey key = call.key();
        boolean replace = switch (call.header("x-amz-metadata-directive").orElse("COPY")) {
            case "COPY" -> false;
            case "REPLACE" -> true;
            default ->
                throw new S3Exception(S3Error.INVALID_ARGUMENT, "x-amz-metadata-directive must be COPY or REPLACE.");
        };
        if (!replace && key.equals(CopySource.key(call))) {
            throw new S3Exception(S3Error.INVALID_REQUEST, "An object is copied onto itself only with other metadata.");
        }
        ObjectMetadata given = ObjectHeaders.metadata(call.exchange().request().headers());
        var condition = Conditions.ofWrite(call);
        CopySource.Copy copy = CopySource.stage(call, store);
        ObjectMetadata metadata = replace ? given : copy.source().metadata();
        StoredObject object = writes.commit(
                copy.staged(), () -> store.call(each -> each.commit(key, copy.staged(), metadata, condition)));
        call.respondXml(Xml.document("CopyObjectResult")
                .time("LastModified", object.modified())
                .text("ETag", "\"" + object.etag() + "\"")
                .finish());
    }
}
