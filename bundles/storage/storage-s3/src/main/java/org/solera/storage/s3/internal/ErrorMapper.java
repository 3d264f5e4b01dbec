// SPDX-License-Identifier: Apache-2.0
package org.solera.storage.s3.internal;

import org.solera.platform.api.SoleraException;
import org.solera.storage.api.StorageError;
import org.solera.storage.api.StorageException;

/** The one place where failures become errors of S3. */
final class ErrorMapper {
    private ErrorMapper() {}

    static S3Error map(SoleraException failure) {
        if (failure instanceof S3Exception refused) {
            return refused.error();
        }
        if (failure instanceof StorageException storage) {
            return map(storage.error());
        }
        return failure.code().retryable() ? S3Error.SERVICE_UNAVAILABLE : S3Error.INTERNAL_ERROR;
    }

    private static S3Error map(StorageError error) {
        return switch (error) {
            case NO_SUCH_BUCKET -> S3Error.NO_SUCH_BUCKET;
            case NO_SUCH_KEY -> S3Error.NO_SUCH_KEY;
            case NO_SUCH_UPLOAD -> S3Error.NO_SUCH_UPLOAD;
            case INVALID_PART -> S3Error.INVALID_PART;
            case INVALID_PART_ORDER -> S3Error.INVALID_PART_ORDER;
            case PART_TOO_SMALL -> S3Error.ENTITY_TOO_SMALL;
            case BUCKET_EXISTS -> S3Error.BUCKET_ALREADY_OWNED_BY_YOU;
            case BUCKET_NOT_EMPTY -> S3Error.BUCKET_NOT_EMPTY;
            case INVALID_BUCKET_NAME -> S3Error.INVALID_BUCKET_NAME;
            case INVALID_KEY -> S3Error.KEY_TOO_LONG;
            case BAD_DIGEST -> S3Error.BAD_DIGEST;
            case INCOMPLETE_BODY -> S3Error.INCOMPLETE_BODY;
            case TOO_LARGE -> S3Error.ENTITY_TOO_LARGE;
            case PRECONDITION_FAILED -> S3Error.PRECONDITION_FAILED;
            case NO_SPACE -> S3Error.STORAGE_FULL;
            case TOO_FEW_DRIVES -> S3Error.SERVICE_UNAVAILABLE;
            case UNREADABLE -> S3Error.INTERNAL_ERROR;
        };
    }

    /** {@return the error document} */
    static String document(S3Error error, String message, String resource, String requestId) {
        return document(error.wire(), message, resource, requestId);
    }

    static String document(String code, String message, String resource, String requestId) {
        return Xml.plain("Error")
                .text("Code", code)
                .text("Message", message)
                .text("Resource", resource)
                .text("RequestId", requestId)
                .finish();
    }
}
