// SPDX-License-Identifier: Apache-2.0
package org.solera.storage.engine.internal;

import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentNavigableMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.solera.platform.api.DrainGate;
import org.solera.platform.api.DrainingException;
import org.solera.platform.api.Lease;
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

/**
 * The store of one ownership. Keeps at most the configured number of bodies (500,000 by default), all of them known in
 * memory; see {@link Catalog}.
 */
final class EngineStore implements ObjectStore {
    private static final Logger log = LoggerFactory.getLogger(EngineStore.class);

    private final Catalog catalog;
    private final Committer committer;
    private final DriveSet drives;
    private final Reclaimer reclaimer;
    private final BodyReader.DamageListener damage;
    private final FanOut fanOut;
    private final DrainGate work;
    private final EngineLimits limits;
    private final Clock clock;
    private final Uploads uploads;

    /** @param work counts stagings and open readers */
    EngineStore(
            Catalog catalog,
            Committer committer,
            DriveSet drives,
            Reclaimer reclaimer,
            BodyReader.DamageListener damage,
            FanOut fanOut,
            DrainGate work,
            EngineLimits limits,
            Clock clock) {
        this.catalog = catalog;
        this.committer = committer;
        this.drives = drives;
        this.reclaimer = reclaimer;
        this.damage = damage;
        this.fanOut = fanOut;
        this.work = work;
        this.limits = limits;
        this.clock = clock;
        this.uploads = new Uploads(catalog, committer, clock, limits.uploadLife());
    }

    @Override
    public List<Bucket> buckets() throws DrainingException {
        requireOwner();
        return catalog.buckets();
    }

    @Override
    public Optional<Bucket> findBucket(BucketName name) throws DrainingException {
        requireOwner();
        return catalog.findBucket(name);
    }

    @Override
    public Bucket createBucket(BucketName name, String owner) throws StorageException, DrainingException {
        Bucket bucket = new Bucket(name, now(), owner);
        return committer.commit("", state -> {
            if (state.findBucket(name).isPresent()) {
                throw new StorageException(
                        StorageError.BUCKET_EXISTS, "The bucket " + name + " exists already.", "Use another name.");
            }
            return new Committer.Decided<>(new Change.BucketCreated(bucket), bucket);
        });
    }

    @Override
    public void deleteBucket(BucketName name) throws StorageException, DrainingException {
        committer.commit("", state -> {
            if (!requireBucket(state, name).isEmpty()) {
                throw new StorageException(
                        StorageError.BUCKET_NOT_EMPTY,
                        "The bucket " + name + " still holds objects.",
                        "Delete them first.");
            }
            return new Committer.Decided<>(new Change.BucketDeleted(name), true);
        });
    }

    @Override
    public Listing list(BucketName bucket, ListQuery query) throws StorageException, DrainingException {
        requireOwner();
        return Lister.list(requireBucket(catalog, bucket), query);
    }

    @Override
    public Optional<StoredObject> find(ObjectKey key) throws DrainingException {
        requireOwner();
        return catalog.find(key).map(ObjectEntry::object);
    }

    @Override
    public Optional<ObjectReader> open(ObjectKey key) throws DrainingException {
        requireOwner();
        Lease use = work.enter();
        for (ObjectEntry entry = catalog.find(key).orElse(null);
                entry != null;
                entry = catalog.find(key).orElse(null)) {
            Lease pin = reclaimer.pin(entry.bodies());
            if (catalog.find(key).orElse(null) == entry) { // else it may have been freed before it was pinned
                return Optional.of(
                        new EngineReader(entry, body -> new BodyReader(body, drives, damage), List.of(pin, use)));
            }
            pin.close();
        }
        use.close();
        return Optional.empty();
    }

    @Override
    public StagedBody stage(InputStream body, BodyExpectation expectation)
            throws IOException, StorageException, DrainingException {
        Lease use = work.enter();
        try {
            requireRoom(catalog);
            return BodyStager.stage(body, expectation, drives, catalog.members(), fanOut);
        } finally {
            use.close();
        }
    }

    @Override
    public void discard(StagedBody staged) {
        BodyId id = BodyId.parse(staged.id()).orElse(null);
        if (id != null && !committer.closed() && !committer.unsettled() && !catalog.holds(id)) {
            reclaimer.remove(id);
        } else {
            log.debug("Body {} is left to the sweep", staged.id());
        }
    }

    @Override
    public StoredObject commit(ObjectKey key, StagedBody staged, ObjectMetadata metadata, Precondition precondition)
            throws StorageException, DrainingException {
        BodyRef body = requireStaged(staged);
        return committer.commit("object " + key, state -> {
            requireBucket(state, key.bucket());
            requireUnused(state, body);
            check(precondition, state.find(key).map(ObjectEntry::object));
            StoredObject object = new StoredObject(key, staged.sizeBytes(), staged.md5Hex(), now(), metadata);
            return new Committer.Decided<>(new Change.ObjectPut(new ObjectEntry(object, List.of(body)), ""), object);
        });
    }

    @Override
    public boolean delete(ObjectKey key) throws StorageException, DrainingException {
        return committer.commit("object " + key, state -> {
            requireBucket(state, key.bucket());
            boolean present = state.find(key).isPresent();
            return new Committer.Decided<>(present ? new Change.ObjectDeleted(key) : null, present);
        });
    }

    @Override
    public MultipartUpload beginUpload(ObjectKey key, ObjectMetadata metadata)
            throws StorageException, DrainingException {
        return uploads.begin(key, metadata);
    }

    @Override
    public List<MultipartUpload> uploads(BucketName bucket) throws StorageException, DrainingException {
        requireOwner();
        return uploads.list(bucket);
    }

    @Override
    public Part commitPart(ObjectKey key, String uploadId, int number, StagedBody staged)
            throws StorageException, DrainingException {
        return uploads.put(key, uploadId, number, requireStaged(staged), staged.md5Hex());
    }

    @Override
    public List<Part> parts(ObjectKey key, String uploadId) throws StorageException, DrainingException {
        requireOwner();
        return uploads.parts(key, uploadId);
    }

    @Override
    public StoredObject completeUpload(ObjectKey key, String uploadId, List<Part.Ref> parts)
            throws StorageException, DrainingException {
        return uploads.complete(key, uploadId, parts);
    }

    @Override
    public void abortUpload(ObjectKey key, String uploadId) throws StorageException, DrainingException {
        uploads.abort(key, uploadId);
    }

    /** Gives up the uploads that were begun and then left alone. */
    void expireUploads() {
        uploads.expire();
    }

    @Override
    public StoreUsage usage() throws DrainingException {
        requireOwner();
        return new StoreUsage(
                Math.min(DriveSet.COPIES, drives.all().size()),
                catalog.objectCount(),
                catalog.objectBytes(),
                drives.usage());
    }

    static ConcurrentNavigableMap<String, ObjectEntry> requireBucket(Catalog state, BucketName name)
            throws StorageException {
        return state.objects(name)
                .orElseThrow(() -> new StorageException(
                        StorageError.NO_SUCH_BUCKET, "The bucket " + name + " does not exist.", "Create it."));
    }

    private void requireOwner() throws DrainingException {
        if (committer.closed()) {
            throw new DrainingException("The object store");
        }
    }

    private void requireRoom(Catalog state) throws StorageException {
        if (state.bodyCount() >= limits.maxBodies()) {
            throw new StorageException(
                    StorageError.NO_SPACE,
                    "The store holds %d bodies, the most that its index may hold.".formatted(state.bodyCount()),
                    "Delete objects, or raise maxBodies of solera.storage.engine and the heap.");
        }
    }

    /** {@return the body, durable on as many drives as a write needs, and too young to be swept away} */
    private BodyRef requireStaged(StagedBody staged) throws StorageException, DrainingException {
        requireOwner();
        BodyId id = BodyId.parse(staged.id()).orElseThrow(EngineStore::expired);
        long fileBytes = BodyFormat.fileBytes(staged.sizeBytes());
        List<Drive> holders = drives.online().stream()
                .filter(drive -> drive.io().size(drive.body(id)) == fileBytes)
                .toList();
        int required = drives.required(catalog.members());
        if (holders.isEmpty() && drives.online().size() >= required) {
            throw expired();
        }
        if (holders.size() < required) {
            throw DriveSet.tooFew(holders.size(), required);
        }
        try {
            Instant oldest = clock.instant().minus(limits.stagingLife()).plusSeconds(3600);
            if (holders.get(0).io().modified(holders.get(0).body(id)).isBefore(oldest)) {
                throw expired();
            }
        } catch (IOException failure) {
            drives.suspect(holders.get(0), failure);
            throw DriveSet.tooFew(holders.size() - 1, required);
        }
        return new BodyRef(id, staged.sizeBytes());
    }

    static void requireUnused(Catalog state, BodyRef body) throws StorageException {
        if (state.holds(body.id())) {
            throw expired();
        }
    }

    private static StorageException expired() {
        return new StorageException(
                StorageError.INCOMPLETE_BODY,
                "The staged body is not there any more, or belongs to an object already.",
                "Send the body again.");
    }

    private static void check(Precondition precondition, Optional<StoredObject> object) throws StorageException {
        boolean absentHolds = !precondition.ifAbsent() || object.isEmpty();
        boolean matchHolds = precondition.ifMatch().isEmpty()
                || object.filter(present ->
                                present.etag().equals(precondition.ifMatch().get()))
                        .isPresent();
        if (!absentHolds || !matchHolds) {
            throw new StorageException(
                    StorageError.PRECONDITION_FAILED, "The object is not what the request expects.", "Read it again.");
        }
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
