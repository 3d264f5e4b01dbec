// SPDX-License-Identifier: Apache-2.0
package org.solera.storage.s3.internal;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.solera.platform.api.DrainingException;
import org.solera.storage.api.BodyExpectation;
import org.solera.storage.api.Bucket;
import org.solera.storage.api.BucketName;
import org.solera.storage.api.ListQuery;
import org.solera.storage.api.Listing;
import org.solera.storage.api.MultipartUpload;
import org.solera.storage.api.ObjectKey;
import org.solera.storage.api.ObjectMetadata;
import org.solera.storage.api.ObjectReader;
import org.solera.storage.api.ObjectStore;
import org.solera.storage.api.Part;
import org.solera.storage.api.Precondition;
import org.solera.storage.api.StagedBody;
import org.solera.storage.api.StorageError;
import org.solera.storage.api.StorageException;
import org.solera.storage.api.StoreUsage;
import org.solera.storage.api.StoredObject;

/** A version of a store that keeps everything in memory; versions share what is stored, as on drives. */
final class MemoryStore implements ObjectStore {
    /** What is stored. */
    static final class Drives {
        private final Map<String, Bucket> buckets = new TreeMap<>();
        private final Map<String, StoredObject> objects = new TreeMap<>();
        private final Map<String, byte[]> bodies = new HashMap<>();
        private final Map<String, byte[]> staged = new HashMap<>();
        private final Map<String, MultipartUpload> uploads = new TreeMap<>();
        private final Map<String, Map<Integer, byte[]>> parts = new HashMap<>();
        private int ids;

        int stagedCount() {
            return staged.size();
        }
    }

    static final Instant NOW = Instant.parse("2026-03-01T10:20:30Z");

    private final Drives drives;
    private @Nullable StorageException refusal;
    private Runnable afterStage = () -> {};
    private Runnable onRefusal = () -> {};
    private boolean draining;
    private int refused;

    MemoryStore(Drives drives) {
        this.drives = drives;
    }

    /** Lets this version give up its right. */
    void giveUp() {
        draining = true;
    }

    /** {@return the calls that met this version after it gave up} */
    int refused() {
        return refused;
    }

    /** Lets every staging be refused. */
    void refuseStaging(StorageException failure) {
        refusal = failure;
    }

    /** Does something when a call meets this version after it gave up. */
    void onRefusal(Runnable action) {
        onRefusal = action;
    }

    /** Does something between the staging of a body and its commit. */
    void afterStage(Runnable action) {
        afterStage = action;
    }

    private void enter() throws DrainingException {
        if (draining) {
            refused++;
            onRefusal.run();
            throw new DrainingException("The object store");
        }
    }

    private void require(BucketName name) throws StorageException {
        if (!drives.buckets.containsKey(name.value())) {
            throw new StorageException(StorageError.NO_SUCH_BUCKET, "There is no such bucket.", "");
        }
    }

    @Override
    public List<Bucket> buckets() throws DrainingException {
        enter();
        return List.copyOf(drives.buckets.values());
    }

    @Override
    public Optional<Bucket> findBucket(BucketName name) throws DrainingException {
        enter();
        return Optional.ofNullable(drives.buckets.get(name.value()));
    }

    @Override
    public Bucket createBucket(BucketName name, String owner) throws StorageException, DrainingException {
        enter();
        Bucket bucket = new Bucket(name, NOW, owner);
        if (drives.buckets.putIfAbsent(name.value(), bucket) != null) {
            throw new StorageException(StorageError.BUCKET_EXISTS, "The bucket exists.", "");
        }
        return bucket;
    }

    @Override
    public void deleteBucket(BucketName name) throws StorageException, DrainingException {
        enter();
        require(name);
        if (drives.objects.values().stream()
                .anyMatch(object -> object.key().bucket().equals(name))) {
            throw new StorageException(StorageError.BUCKET_NOT_EMPTY, "The bucket holds objects.", "");
        }
        drives.buckets.remove(name.value());
    }

    @Override
    public Listing list(BucketName bucket, ListQuery query) throws StorageException, DrainingException {
        enter();
        require(bucket);
        List<StoredObject> found = drives.objects.values().stream()
                .filter(object -> object.key().bucket().equals(bucket))
                .filter(object -> object.key().key().startsWith(query.prefix()))
                .filter(object -> object.key().key().compareTo(query.startAfter()) > 0)
                .toList();
        List<StoredObject> page = found.subList(0, Math.min(query.maxEntries(), found.size()));
        boolean truncated = page.size() < found.size();
        return new Listing(
                page,
                List.of(),
                truncated,
                truncated ? page.get(page.size() - 1).key().key() : "");
    }

    @Override
    public Optional<StoredObject> find(ObjectKey key) throws DrainingException {
        enter();
        return Optional.ofNullable(drives.objects.get(key.toString()));
    }

    @Override
    public Optional<ObjectReader> open(ObjectKey key) throws DrainingException {
        enter();
        StoredObject object = drives.objects.get(key.toString());
        byte[] body = drives.bodies.get(key.toString());
        return object == null || body == null
                ? Optional.empty()
                : Optional.of(new ObjectReader() {
                    @Override
                    public StoredObject object() {
                        return object;
                    }

                    @Override
                    public InputStream read(long offset, long length) {
                        return new ByteArrayInputStream(body, (int) offset, (int) length);
                    }

                    @Override
                    public void close() {
                        // nothing is held
                    }
                });
    }

    @Override
    public StagedBody stage(InputStream body, BodyExpectation expectation)
            throws IOException, StorageException, DrainingException {
        enter();
        if (refusal != null) {
            throw refusal;
        }
        byte[] bytes = body.readAllBytes();
        String md5 = HexFormat.of().formatHex(Hashes.digest("MD5").digest(bytes));
        if (!expectation.md5Hex().orElse(md5).equals(md5)) {
            throw new StorageException(StorageError.BAD_DIGEST, "The MD5 differs.", "");
        }
        String id = "body" + drives.ids++;
        drives.staged.put(id, bytes);
        afterStage.run();
        return new StagedBody(id, bytes.length, md5, "");
    }

    @Override
    public void discard(StagedBody staged) {
        drives.staged.remove(staged.id());
    }

    private byte[] take(StagedBody staged) throws StorageException {
        byte[] body = drives.staged.remove(staged.id());
        if (body == null) {
            throw new StorageException(StorageError.INCOMPLETE_BODY, "The staged body is gone.", "");
        }
        return body;
    }

    private StoredObject put(ObjectKey key, byte[] body, String etag, ObjectMetadata metadata) {
        StoredObject object = new StoredObject(key, body.length, etag, NOW, metadata);
        drives.objects.put(key.toString(), object);
        drives.bodies.put(key.toString(), body);
        return object;
    }

    @Override
    public StoredObject commit(ObjectKey key, StagedBody staged, ObjectMetadata metadata, Precondition precondition)
            throws StorageException, DrainingException {
        enter();
        require(key.bucket());
        if (precondition.ifAbsent() && drives.objects.containsKey(key.toString())) {
            throw new StorageException(StorageError.PRECONDITION_FAILED, "There is such an object.", "");
        }
        return put(key, take(staged), staged.md5Hex(), metadata);
    }

    @Override
    public boolean delete(ObjectKey key) throws StorageException, DrainingException {
        enter();
        require(key.bucket());
        drives.bodies.remove(key.toString());
        return drives.objects.remove(key.toString()) != null;
    }

    @Override
    public MultipartUpload beginUpload(ObjectKey key, ObjectMetadata metadata)
            throws StorageException, DrainingException {
        enter();
        require(key.bucket());
        MultipartUpload upload = new MultipartUpload("upload" + drives.ids++, key, NOW, metadata);
        drives.uploads.put(upload.id(), upload);
        drives.parts.put(upload.id(), new TreeMap<>());
        return upload;
    }

    @Override
    public List<MultipartUpload> uploads(BucketName bucket) throws StorageException, DrainingException {
        enter();
        require(bucket);
        return List.copyOf(drives.uploads.values());
    }

    private Map<Integer, byte[]> partsOf(String uploadId) throws StorageException {
        Map<Integer, byte[]> parts = drives.parts.get(uploadId);
        if (parts == null) {
            throw new StorageException(StorageError.NO_SUCH_UPLOAD, "There is no such upload.", "");
        }
        return parts;
    }

    private static Part part(int number, byte[] body) {
        return new Part(
                number,
                body.length,
                HexFormat.of().formatHex(Hashes.digest("MD5").digest(body)),
                NOW);
    }

    @Override
    public Part commitPart(ObjectKey key, String uploadId, int number, StagedBody staged)
            throws StorageException, DrainingException {
        enter();
        Map<Integer, byte[]> parts = partsOf(uploadId);
        byte[] body = take(staged);
        parts.put(number, body);
        return part(number, body);
    }

    @Override
    public List<Part> parts(ObjectKey key, String uploadId) throws StorageException, DrainingException {
        enter();
        List<Part> parts = new ArrayList<>();
        partsOf(uploadId).forEach((number, body) -> parts.add(part(number, body)));
        return parts;
    }

    @Override
    public StoredObject completeUpload(ObjectKey key, String uploadId, List<Part.Ref> refs)
            throws StorageException, DrainingException {
        enter();
        Map<Integer, byte[]> parts = partsOf(uploadId);
        byte[] whole = {};
        for (Part.Ref ref : refs) {
            byte[] body = parts.get(ref.number());
            if (body == null || !part(ref.number(), body).etag().equals(ref.etag())) {
                throw new StorageException(StorageError.INVALID_PART, "There is no such part.", "");
            }
            byte[] longer = Arrays.copyOf(whole, whole.length + body.length);
            System.arraycopy(body, 0, longer, whole.length, body.length);
            whole = longer;
        }
        abortUpload(key, uploadId);
        return put(key, whole, "of-parts-" + refs.size(), ObjectMetadata.of("a/b"));
    }

    @Override
    public void abortUpload(ObjectKey key, String uploadId) throws StorageException, DrainingException {
        enter();
        partsOf(uploadId);
        drives.parts.remove(uploadId);
        drives.uploads.remove(uploadId);
    }

    @Override
    public StoreUsage usage() throws DrainingException {
        enter();
        return new StoreUsage(2, drives.objects.size(), 0, List.of());
    }
}
