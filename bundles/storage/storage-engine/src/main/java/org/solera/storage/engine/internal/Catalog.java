// SPDX-License-Identifier: Apache-2.0
package org.solera.storage.engine.internal;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.solera.storage.api.Bucket;
import org.solera.storage.api.BucketName;
import org.solera.storage.api.MultipartUpload;
import org.solera.storage.api.ObjectKey;

/**
 * All manifests in memory, in the order of UTF-8 bytes. It costs about 600 bytes of heap for an object of one body: the
 * engine refuses more than its configured number of bodies (500,000 by default, about 300 MiB).
 *
 * <p><b>Thread-safety:</b> one thread changes it, under the commit lock or before it is published; any thread reads.
 * <b>Source of truth:</b> the change logs and checkpoints on the drives.
 */
final class Catalog {
    private record BucketEntry(Bucket bucket, ConcurrentNavigableMap<String, ObjectEntry> objects) {}

    private record UploadEntry(MultipartUpload upload, ConcurrentNavigableMap<Integer, PartEntry> parts) {}

    /** The order of code points, which is the order of UTF-8 bytes and not that of {@link String#compareTo}. */
    static final Comparator<String> UTF8_ORDER = Catalog::compareCodePoints;

    private final ConcurrentNavigableMap<BucketName, BucketEntry> buckets = new ConcurrentSkipListMap<>();
    private final ConcurrentHashMap<String, UploadEntry> uploads = new ConcurrentHashMap<>();
    private final Set<BodyId> bodies = ConcurrentHashMap.newKeySet();
    private final LongAdder objects = new LongAdder();
    private final LongAdder bytes = new LongAdder();
    private volatile Consumer<Collection<BodyRef>> freed = ignored -> {};
    private volatile Members members = Members.NONE;
    private volatile long sequence;

    /** Says who takes care of bodies that no object needs any more. */
    void onFreed(Consumer<Collection<BodyRef>> listener) {
        this.freed = listener;
    }

    void apply(Change.Sequenced change) {
        change.change().applyTo(this);
        if (change.sequence() > sequence) {
            sequence = change.sequence();
        }
    }

    /** {@return the sequence of the last change applied} */
    long sequence() {
        return sequence;
    }

    void sequence(long value) {
        this.sequence = value;
    }

    Members members() {
        return members;
    }

    void members(Members value) {
        this.members = value;
    }

    long objectCount() {
        return objects.sum();
    }

    long objectBytes() {
        return bytes.sum();
    }

    int bodyCount() {
        return bodies.size();
    }

    boolean holds(BodyId id) {
        return bodies.contains(id);
    }

    List<Bucket> buckets() {
        return buckets.values().stream().map(BucketEntry::bucket).toList();
    }

    Optional<Bucket> findBucket(BucketName name) {
        return Optional.ofNullable(buckets.get(name)).map(BucketEntry::bucket);
    }

    /** {@return the objects of a bucket, live, or empty if there is no such bucket} */
    Optional<ConcurrentNavigableMap<String, ObjectEntry>> objects(BucketName name) {
        return Optional.ofNullable(buckets.get(name)).map(BucketEntry::objects);
    }

    Optional<ObjectEntry> find(ObjectKey key) {
        BucketEntry bucket = buckets.get(key.bucket());
        return bucket == null
                ? Optional.empty()
                : Optional.ofNullable(bucket.objects().get(key.key()));
    }

    Optional<MultipartUpload> findUpload(String id) {
        return Optional.ofNullable(uploads.get(id)).map(UploadEntry::upload);
    }

    List<MultipartUpload> uploads(BucketName bucket) {
        return uploads.values().stream()
                .map(UploadEntry::upload)
                .filter(upload -> upload.key().bucket().equals(bucket))
                .sorted(Comparator.comparing(
                                (MultipartUpload upload) -> upload.key().key(), UTF8_ORDER)
                        .thenComparing(MultipartUpload::started)
                        .thenComparing(MultipartUpload::id))
                .toList();
    }

    /** {@return the parts of an upload, live, by number; empty if there is no such upload} */
    ConcurrentNavigableMap<Integer, PartEntry> parts(String uploadId) {
        UploadEntry upload = uploads.get(uploadId);
        return upload == null ? new ConcurrentSkipListMap<>() : upload.parts();
    }

    /** Hands every body that is in use to the visitor, which may run while the catalog changes. */
    void eachBody(Consumer<BodyRef> visitor) {
        buckets.values()
                .forEach(bucket -> bucket.objects()
                        .values()
                        .forEach(entry -> entry.bodies().forEach(visitor)));
        uploads.values().forEach(upload -> upload.parts().values().forEach(part -> visitor.accept(part.body())));
    }

    /** Hands the changes that lead from nothing to the state of now to the visitor; may run while the catalog changes. */
    void eachChange(Consumer<Change> visitor) {
        for (BucketEntry bucket : buckets.values()) {
            visitor.accept(new Change.BucketCreated(bucket.bucket()));
            bucket.objects().values().forEach(entry -> visitor.accept(new Change.ObjectPut(entry, "")));
        }
        for (UploadEntry upload : uploads.values()) {
            visitor.accept(new Change.UploadBegun(upload.upload()));
            upload.parts()
                    .values()
                    .forEach(part ->
                            visitor.accept(new Change.PartPut(upload.upload().id(), part)));
        }
    }

    void putBucket(Bucket bucket) {
        BucketEntry old = buckets.get(bucket.name());
        buckets.put(
                bucket.name(),
                new BucketEntry(bucket, old == null ? new ConcurrentSkipListMap<>(UTF8_ORDER) : old.objects()));
    }

    void removeBucket(BucketName name) {
        BucketEntry bucket = buckets.remove(name);
        if (bucket != null) {
            bucket.objects().values().forEach(this::forget);
        }
        uploads(name).forEach(upload -> removeUpload(upload.id()));
    }

    void putObject(ObjectEntry entry, String uploadId) {
        BucketEntry bucket = buckets.get(entry.object().key().bucket());
        if (bucket == null) {
            return; // deleted later in the log
        }
        entry.bodies().forEach(body -> bodies.add(body.id()));
        objects.increment();
        bytes.add(entry.object().sizeBytes());
        ObjectEntry old = bucket.objects().put(entry.object().key().key(), entry);
        if (old != null) {
            forget(old, entry);
        }
        UploadEntry upload = uploadId.isEmpty() ? null : uploads.remove(uploadId);
        if (upload != null) {
            release(upload.parts().values().stream().map(PartEntry::body).toList(), entry);
        }
    }

    void removeObject(ObjectKey key) {
        BucketEntry bucket = buckets.get(key.bucket());
        ObjectEntry old = bucket == null ? null : bucket.objects().remove(key.key());
        if (old != null) {
            forget(old);
        }
    }

    void putUpload(MultipartUpload upload) {
        uploads.putIfAbsent(upload.id(), new UploadEntry(upload, new ConcurrentSkipListMap<>()));
    }

    void putPart(String uploadId, PartEntry part) {
        UploadEntry upload = uploads.get(uploadId);
        if (upload == null) {
            return; // ended later in the log
        }
        bodies.add(part.body().id());
        PartEntry old = upload.parts().put(part.part().number(), part);
        if (old != null && !old.body().equals(part.body())) {
            release(List.of(old.body()), null);
        }
    }

    void removeUpload(String uploadId) {
        UploadEntry upload = uploads.remove(uploadId);
        if (upload != null) {
            release(upload.parts().values().stream().map(PartEntry::body).toList(), null);
        }
    }

    private void forget(ObjectEntry old) {
        forget(old, null);
    }

    private void forget(ObjectEntry old, @Nullable ObjectEntry kept) {
        objects.decrement();
        bytes.add(-old.object().sizeBytes());
        release(old.bodies(), kept);
    }

    private void release(List<BodyRef> released, @Nullable ObjectEntry kept) {
        List<BodyRef> gone = new ArrayList<>(released);
        if (kept != null) {
            gone.removeAll(Set.copyOf(kept.bodies()));
        }
        gone.forEach(body -> bodies.remove(body.id()));
        freed.accept(gone);
    }

    private static int compareCodePoints(String left, String right) {
        int length = Math.min(left.length(), right.length());
        for (int i = 0; i < length; i++) {
            char a = left.charAt(i);
            char b = right.charAt(i);
            if (a != b) {
                boolean aSurrogate = Character.isSurrogate(a);
                boolean bSurrogate = Character.isSurrogate(b);
                return aSurrogate == bSurrogate ? Character.compare(a, b) : aSurrogate ? 1 : -1;
            }
        }
        return Integer.compare(left.length(), right.length());
    }
}
