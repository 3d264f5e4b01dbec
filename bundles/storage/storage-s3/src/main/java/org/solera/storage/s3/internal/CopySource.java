// SPDX-License-Identifier: Apache-2.0
package org.solera.storage.s3.internal;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.access.Action;
import org.solera.storage.api.BodyExpectation;
import org.solera.storage.api.BucketName;
import org.solera.storage.api.ObjectKey;
import org.solera.storage.api.ObjectReader;
import org.solera.storage.api.ObjectStore;
import org.solera.storage.api.StagedBody;
import org.solera.storage.api.StoredObject;

/** The object that a request copies from, staged anew. */
final class CopySource {
    /**
     * A staged copy and what it was made of.
     *
     * @param source the object it was copied from
     * @param staged the copy
     */
    record Copy(StoredObject source, StagedBody staged) {}

    private CopySource() {}

    /** {@return the object that the request names} */
    static ObjectKey key(S3Call call) throws SoleraException {
        String text = call.header("x-amz-copy-source").orElse("");
        int question = text.indexOf("?versionId=");
        if (question >= 0 && !"null".equals(text.substring(question + 11))) {
            throw new S3Exception(S3Error.NOT_IMPLEMENTED, "Versions are not implemented.");
        }
        String path = UriCodec.decode(question < 0 ? text : text.substring(0, question), false);
        path = path.startsWith("/") ? path.substring(1) : path;
        int slash = path.indexOf('/');
        if (slash < 1) {
            throw new S3Exception(S3Error.INVALID_ARGUMENT, "x-amz-copy-source must be <bucket>/<key>.");
        }
        return ObjectKey.parse(BucketName.parse(path.substring(0, slash)), path.substring(slash + 1));
    }

    /** Stages the object, or the range of it that the request names, if the caller may read it. */
    static Copy stage(S3Call call, StoreAccess store) throws SoleraException, IOException, InterruptedException {
        ObjectKey key = key(call);
        call.require(Action.READ, key.bucket());
        Optional<ObjectReader> opened = store.call(each -> each.open(key));
        if (opened.isEmpty()) {
            throw new S3Exception(S3Error.NO_SUCH_KEY, "The source of the copy does not exist.");
        }
        try (ObjectReader reader = opened.get()) {
            StoredObject source = reader.object();
            Conditions.check(call, source, "x-amz-copy-source-");
            Optional<String> header = call.header("x-amz-copy-source-range");
            long first = 0;
            long length = source.sizeBytes();
            if (header.isPresent()) {
                ByteRange range = ByteRange.parse(header.get(), length)
                        .orElseThrow(() -> new S3Exception(
                                S3Error.INVALID_ARGUMENT, "x-amz-copy-source-range must be bytes=<first>-<last>."));
                first = range.first();
                length = range.length();
            }
            if (length > ObjectStore.MAX_BODY_BYTES) {
                throw new S3Exception(S3Error.ENTITY_TOO_LARGE, "More than 5 GiB are copied in parts.");
            }
            BodyExpectation expectation =
                    new BodyExpectation(length, ObjectStore.MAX_BODY_BYTES, Optional.empty(), Optional.empty());
            try (InputStream content = reader.read(first, length)) {
                return new Copy(source, store.stage(content, expectation));
            }
        }
    }
}
