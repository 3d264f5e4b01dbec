// SPDX-License-Identifier: Apache-2.0
package org.solera.storage.api;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;
import org.solera.platform.api.DrainingException;

/**
 * Keeps objects in buckets. Writing has two steps: {@link #stage} streams a body onto the drives and needs no exclusive
 * right; {@link #commit} makes it visible, is short, and is durable when it returns. Edges hold this service in a
 * {@link org.solera.platform.api.ServiceGate} and enter it for each step anew, so that an upload of any length survives
 * the replacement of the engine.
 *
 * <p>Every method throws {@link DrainingException} when this version gave up its exclusive right; the caller enters the
 * gate again and finds the next version.
 *
 * <p><b>Thread-safety:</b> thread-safe. <b>Source of truth:</b> the manifests on the drives.
 */
@ProviderType
public interface ObjectStore {
    /** Largest object, in bytes: 5 TiB. */
    long MAX_OBJECT_BYTES = 5L << 40;

    /** Largest body of one request, in bytes: 5 GiB. */
    long MAX_BODY_BYTES = 5L << 30;

    /** Smallest part of a multipart upload but the last, in bytes: 5 MiB. */
    long MIN_PART_BYTES = 5L << 20;

    /** {@return all buckets, by name} */
    List<Bucket> buckets() throws StorageException, DrainingException;

    /** {@return the bucket, if it exists} */
    Optional<Bucket> findBucket(BucketName name) throws StorageException, DrainingException;

    /**
     * Creates a bucket.
     *
     * @throws StorageException with {@link StorageError#BUCKET_EXISTS}
     */
    Bucket createBucket(BucketName name, String owner) throws StorageException, DrainingException;

    /**
     * Deletes an empty bucket.
     *
     * @throws StorageException with {@link StorageError#NO_SUCH_BUCKET} or {@link StorageError#BUCKET_NOT_EMPTY}
     */
    void deleteBucket(BucketName name) throws StorageException, DrainingException;

    /** {@return a page of the objects of a bucket} */
    Listing list(BucketName bucket, ListQuery query) throws StorageException, DrainingException;

    /** {@return the object, if it exists} */
    Optional<StoredObject> find(ObjectKey key) throws StorageException, DrainingException;

    /** {@return the object, opened for reading, if it exists; close it} */
    Optional<ObjectReader> open(ObjectKey key) throws StorageException, DrainingException;

    /**
     * Streams a body onto the drives.
     *
     * @param body read to its end, not closed
     * @param expectation what the body must be
     * @return the staged body, durable
     * @throws IOException if reading the body fails; nothing is left behind
     * @throws StorageException with {@link StorageError#BAD_DIGEST}, {@link StorageError#INCOMPLETE_BODY},
     *     {@link StorageError#TOO_LARGE}, {@link StorageError#NO_SPACE} or {@link StorageError#TOO_FEW_DRIVES}
     */
    StagedBody stage(InputStream body, BodyExpectation expectation)
            throws IOException, StorageException, DrainingException;

    /** Removes a staged body that will not be committed; one that is gone already is no error. */
    void discard(StagedBody staged);

    /**
     * Makes a staged body an object. Durable and visible when it returns; a crash before leaves the old object.
     *
     * @throws StorageException with {@link StorageError#NO_SUCH_BUCKET} or {@link StorageError#PRECONDITION_FAILED}
     */
    StoredObject commit(ObjectKey key, StagedBody staged, ObjectMetadata metadata, Precondition precondition)
            throws StorageException, DrainingException;

    /** Deletes an object; {@return whether there was one} Durable when it returns. */
    boolean delete(ObjectKey key) throws StorageException, DrainingException;

    /** Begins a multipart upload. */
    MultipartUpload beginUpload(ObjectKey key, ObjectMetadata metadata) throws StorageException, DrainingException;

    /** {@return the uploads under way in a bucket, by key, then by start} */
    List<MultipartUpload> uploads(BucketName bucket) throws StorageException, DrainingException;

    /**
     * Makes a staged body a part, replacing an earlier one with the same number.
     *
     * @param number 1 to 10,000
     */
    Part commitPart(ObjectKey key, String uploadId, int number, StagedBody staged)
            throws StorageException, DrainingException;

    /** {@return the parts of an upload, by number} */
    List<Part> parts(ObjectKey key, String uploadId) throws StorageException, DrainingException;

    /** Completes an upload from the parts named. Durable and visible when it returns. */
    StoredObject completeUpload(ObjectKey key, String uploadId, List<Part.Ref> parts)
            throws StorageException, DrainingException;

    /** Gives an upload up and removes its parts. */
    void abortUpload(ObjectKey key, String uploadId) throws StorageException, DrainingException;

    /** {@return how full the drives are} */
    StoreUsage usage() throws StorageException, DrainingException;
}
