// SPDX-License-Identifier: Apache-2.0
package org.solera.storage.engine.internal;

import org.solera.storage.api.Bucket;
import org.solera.storage.api.BucketName;
import org.solera.storage.api.MultipartUpload;
import org.solera.storage.api.ObjectKey;

/** One durable step of the store. Applying all changes in the order of their sequence gives its state. */
sealed interface Change {
    /** Changes the catalog; applying a change twice, or on a later state, followed by all later changes, does no harm. */
    void applyTo(Catalog catalog);

    /** A new bucket. */
    record BucketCreated(Bucket bucket) implements Change {
        @Override
        public void applyTo(Catalog catalog) {
            catalog.putBucket(bucket);
        }
    }

    /** A bucket is gone, with all that is in it. */
    record BucketDeleted(BucketName name) implements Change {
        @Override
        public void applyTo(Catalog catalog) {
            catalog.removeBucket(name);
        }
    }

    /**
     * An object is there, or is another one.
     *
     * @param uploadId the upload that it completes, or empty
     */
    record ObjectPut(ObjectEntry entry, String uploadId) implements Change {
        @Override
        public void applyTo(Catalog catalog) {
            catalog.putObject(entry, uploadId);
        }
    }

    /** An object is gone: its tombstone. */
    record ObjectDeleted(ObjectKey key) implements Change {
        @Override
        public void applyTo(Catalog catalog) {
            catalog.removeObject(key);
        }
    }

    /** A multipart upload began. */
    record UploadBegun(MultipartUpload upload) implements Change {
        @Override
        public void applyTo(Catalog catalog) {
            catalog.putUpload(upload);
        }
    }

    /** A part is there, or is another one. */
    record PartPut(String uploadId, PartEntry entry) implements Change {
        @Override
        public void applyTo(Catalog catalog) {
            catalog.putPart(uploadId, entry);
        }
    }

    /** An upload was given up. */
    record UploadAborted(String uploadId) implements Change {
        @Override
        public void applyTo(Catalog catalog) {
            catalog.removeUpload(uploadId);
        }
    }

    /** The drives whose logs count are others. */
    record MembersChanged(Members members) implements Change {
        @Override
        public void applyTo(Catalog catalog) {
            catalog.members(members);
        }
    }

    /** These changes never happened: too few drives took them, and their writers were told so. */
    record Voided(long firstSequence, long lastSequence) implements Change {
        @Override
        public void applyTo(Catalog catalog) {
            // takes effect while the log is read
        }
    }

    /** A change and its place in the order of all changes. */
    record Sequenced(long sequence, Change change) {}
}
