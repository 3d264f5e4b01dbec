// SPDX-License-Identifier: Apache-2.0
package org.solera.storage.engine.internal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.solera.platform.api.DrainingException;
import org.solera.storage.api.Bucket;
import org.solera.storage.api.BucketName;
import org.solera.storage.api.MultipartUpload;
import org.solera.storage.api.ObjectKey;
import org.solera.storage.api.ObjectMetadata;
import org.solera.storage.api.ObjectStore;
import org.solera.storage.api.Part;
import org.solera.storage.api.StorageError;
import org.solera.storage.api.StorageException;
import org.solera.storage.api.StoredObject;

/** Multipart uploads: their parts are bodies of their own, completing one copies nothing. Thread-safe. */
final class Uploads {
    private static final Logger log = LoggerFactory.getLogger(Uploads.class);
    private static final int MAX_PARTS = 10_000;
    private static final Pattern MD5 = Pattern.compile("[0-9a-f]{32}");

    private final Catalog catalog;
    private final Committer committer;
    private final Clock clock;
    private final Duration life;

    /** @param life after that time without a part an upload is given up */
    Uploads(Catalog catalog, Committer committer, Clock clock, Duration life) {
        this.life = life;
        this.catalog = catalog;
        this.committer = committer;
        this.clock = clock;
    }

    MultipartUpload begin(ObjectKey key, ObjectMetadata metadata) throws StorageException, DrainingException {
        String id = UUID.randomUUID().toString().replace("-", "");
        MultipartUpload upload = new MultipartUpload(id, key, now(), metadata);
        return committer.commit("upload " + id, state -> {
            EngineStore.requireBucket(state, key.bucket());
            return new Committer.Decided<>(new Change.UploadBegun(upload), upload);
        });
    }

    List<MultipartUpload> list(BucketName bucket) throws StorageException {
        EngineStore.requireBucket(catalog, bucket);
        return catalog.uploads(bucket);
    }

    Part put(ObjectKey key, String uploadId, int number, BodyRef body, String md5Hex)
            throws StorageException, DrainingException {
        if (number < 1 || number > MAX_PARTS) {
            throw new StorageException(
                    StorageError.INVALID_PART, "Part numbers go from 1 to 10,000.", "Use another number.");
        }
        Part part = new Part(number, body.sizeBytes(), md5Hex, now());
        return committer.commit("upload " + uploadId, state -> {
            require(state, key, uploadId);
            EngineStore.requireUnused(state, body);
            return new Committer.Decided<>(new Change.PartPut(uploadId, new PartEntry(part, body)), part);
        });
    }

    List<Part> parts(ObjectKey key, String uploadId) throws StorageException {
        require(catalog, key, uploadId);
        return catalog.parts(uploadId).values().stream().map(PartEntry::part).toList();
    }

    StoredObject complete(ObjectKey key, String uploadId, List<Part.Ref> refs)
            throws StorageException, DrainingException {
        return committer.commit("", state -> {
            Optional<StoredObject> before = completedBefore(state, key, uploadId, refs);
            if (before.isPresent()) {
                return new Committer.Decided<>((Change) null, before.get());
            }
            MultipartUpload upload = require(state, key, uploadId);
            List<PartEntry> parts = select(state, uploadId, refs);
            List<BodyRef> bodies = parts.stream().map(PartEntry::body).toList();
            long size = bodies.stream().mapToLong(BodyRef::sizeBytes).sum();
            if (size > ObjectStore.MAX_OBJECT_BYTES) {
                throw new StorageException(StorageError.TOO_LARGE, "The object is larger than 5 TiB.", "");
            }
            String etag =
                    Etags.ofParts(parts.stream().map(part -> part.part().etag()).toList());
            StoredObject object = new StoredObject(key, size, etag, now(), upload.metadata());
            return new Committer.Decided<>(new Change.ObjectPut(new ObjectEntry(object, bodies), uploadId), object);
        });
    }

    void abort(ObjectKey key, String uploadId) throws StorageException, DrainingException {
        committer.commit("upload " + uploadId, state -> {
            require(state, key, uploadId);
            return new Committer.Decided<>(new Change.UploadAborted(uploadId), true);
        });
    }

    /** Gives up the uploads that got no part for longer than their life. */
    void expire() {
        Instant before = now().minus(life);
        for (Bucket bucket : catalog.buckets()) {
            for (MultipartUpload upload : catalog.uploads(bucket.name())) {
                try {
                    if (lastPart(catalog, upload).isBefore(before)) {
                        expire(upload, before);
                    }
                } catch (DrainingException nextOwner) {
                    return;
                } catch (StorageException failure) {
                    log.debug("Upload {} stays for now: {}", upload.id(), failure.getMessage());
                }
            }
        }
    }

    private void expire(MultipartUpload upload, Instant before) throws StorageException, DrainingException {
        boolean expired = committer.commit("upload " + upload.id(), state -> {
            require(state, upload.key(), upload.id());
            boolean still = lastPart(state, upload).isBefore(before);
            return new Committer.Decided<>(still ? new Change.UploadAborted(upload.id()) : null, still);
        });
        if (expired) {
            log.info(
                    "Upload {} of {}, begun {}, got no part for {} days and is given up",
                    upload.id(),
                    upload.key(),
                    upload.started(),
                    life.toDays());
        }
    }

    private static Instant lastPart(Catalog state, MultipartUpload upload) {
        Instant last = upload.started();
        for (PartEntry part : state.parts(upload.id()).values()) {
            last = part.part().stored().isAfter(last) ? part.part().stored() : last;
        }
        return last;
    }

    /** A client whose answer got lost asks again; the same parts then are the same object. */
    private static Optional<StoredObject> completedBefore(
            Catalog state, ObjectKey key, String uploadId, List<Part.Ref> refs) {
        if (state.findUpload(uploadId).isPresent()
                || refs.isEmpty()
                || !refs.stream().allMatch(ref -> MD5.matcher(ref.etag()).matches())) {
            return Optional.empty();
        }
        String etag = Etags.ofParts(refs.stream().map(Part.Ref::etag).toList());
        return state.find(key)
                .map(ObjectEntry::object)
                .filter(object -> object.etag().equals(etag));
    }

    private static List<PartEntry> select(Catalog state, String uploadId, List<Part.Ref> refs) throws StorageException {
        var stored = state.parts(uploadId);
        List<PartEntry> selected = new ArrayList<>();
        int last = 0;
        for (Part.Ref ref : refs) {
            if (ref.number() <= last) {
                throw new StorageException(
                        StorageError.INVALID_PART_ORDER, "The parts are not in ascending order.", "Sort them.");
            }
            last = ref.number();
            @Nullable PartEntry part = stored.get(ref.number());
            if (part == null || !part.part().etag().equals(ref.etag())) {
                throw new StorageException(
                        StorageError.INVALID_PART,
                        "Part " + ref.number() + " does not exist or has another ETag.",
                        "Upload it again.");
            }
            selected.add(part);
        }
        if (selected.isEmpty()) {
            throw new StorageException(StorageError.INVALID_PART, "No part is named.", "Name the parts.");
        }
        for (PartEntry part : selected.subList(0, selected.size() - 1)) {
            if (part.part().sizeBytes() < ObjectStore.MIN_PART_BYTES) {
                throw new StorageException(
                        StorageError.PART_TOO_SMALL,
                        "Part %d has %d bytes; only the last may be smaller than 5 MiB."
                                .formatted(part.part().number(), part.part().sizeBytes()),
                        "Use larger parts.");
            }
        }
        return selected;
    }

    private static MultipartUpload require(Catalog state, ObjectKey key, String uploadId) throws StorageException {
        EngineStore.requireBucket(state, key.bucket());
        return state.findUpload(uploadId)
                .filter(upload -> upload.key().equals(key))
                .orElseThrow(() -> new StorageException(
                        StorageError.NO_SUCH_UPLOAD,
                        "The upload does not exist, was completed or was aborted.",
                        "Begin a new one."));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
