// SPDX-License-Identifier: Apache-2.0
package org.solera.storage.engine.internal;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.solera.platform.api.DrainingException;
import org.solera.platform.api.OwnerEpoch;
import org.solera.platform.api.SoleraException;
import org.solera.storage.api.StorageError;
import org.solera.storage.api.StorageException;

/**
 * Makes changes durable, then visible, in one order. Whoever has the lock commits for everybody who waits, with one force
 * per drive; as many wait as there are calling threads.
 *
 * <p><b>Thread-safety:</b> thread-safe.
 */
final class Committer {
    /** Most changes in one group. */
    private static final int GROUP = 128;

    private static final Logger log = LoggerFactory.getLogger(Committer.class);

    /** Decides on the change against the state of now; has no effect of its own. */
    @FunctionalInterface
    interface Decision<T> {
        Decided<T> decide(Catalog catalog) throws StorageException;
    }

    /** A change, or none when nothing is to be done, and what the caller gets. */
    record Decided<T>(@Nullable Change change, T result) {}

    private static final class Pending<T> {
        private final String subject;
        private final Decision<T> decision;
        private @Nullable Decided<T> decided;
        private @Nullable SoleraException failure;
        private boolean done;

        Pending(String subject, Decision<T> decision) {
            this.subject = subject;
            this.decision = decision;
        }

        /** Ends the wait: with the failure, or with success when there is none. */
        void end(@Nullable SoleraException cause) {
            failure = cause;
            done = true;
        }

        boolean decide(Catalog catalog) {
            try {
                decided = decision.decide(catalog);
                done = decided.change() == null;
            } catch (StorageException refused) {
                end(refused);
            }
            return !done;
        }

        @Nullable
        Change change() {
            return decided == null ? null : decided.change();
        }

        T result() throws StorageException, DrainingException {
            if (failure instanceof DrainingException draining) {
                throw draining;
            }
            if (failure instanceof StorageException refused) {
                throw refused;
            }
            if (decided == null) {
                throw new IllegalStateException("not decided");
            }
            return decided.result();
        }
    }

    /** Changes that too few drives took, and of which not all drives know yet that they do not count. */
    private record Revoked(long first, long last) {}

    private final ReentrantLock lock = new ReentrantLock();
    private final Queue<Pending<?>> queue = new ConcurrentLinkedQueue<>();
    private final Catalog catalog;
    private final DriveSet drives;
    private final Journal journal;
    private final OwnerEpoch epoch;
    private final Runnable logIsLong;
    private final long checkpointBytes;
    private long next; // guarded by lock
    private volatile @Nullable Revoked revoked; // written under the lock
    private volatile boolean closed;

    Committer(
            Replica replica,
            DriveSet drives,
            Journal journal,
            OwnerEpoch epoch,
            long checkpointBytes,
            Runnable logIsLong) {
        this.catalog = replica.catalog();
        this.next = replica.lastSeen() + 1;
        this.drives = drives;
        this.journal = journal;
        this.epoch = epoch;
        this.checkpointBytes = checkpointBytes;
        this.logIsLong = logIsLong;
    }

    /**
     * Decides on a change and makes it durable and visible.
     *
     * @param subject what it is about; two changes of one subject are never in one group. Empty: alone in its group
     * @throws DrainingException if this owner lost its right; nothing was written
     */
    <T> T commit(String subject, Decision<T> decision) throws StorageException, DrainingException {
        Pending<T> pending = new Pending<>(subject, decision);
        queue.add(pending);
        lock.lock();
        try {
            while (!pending.done) {
                commitGroup();
            }
        } finally {
            lock.unlock();
        }
        return pending.result();
    }

    /** Runs something while no change is committed. */
    void exclusively(Runnable action) {
        lock.lock();
        try {
            action.run();
        } finally {
            lock.unlock();
        }
    }

    /** Writes down which drives count, if that changed. Call it inside {@link #exclusively}. */
    void recordMembers() {
        Members now = drives.current(catalog.members());
        while (!closed && !now.drives().isEmpty() && !now.equals(catalog.members())) {
            Change.Sequenced change = new Change.Sequenced(next++, new Change.MembersChanged(now));
            if (journal.append(ChangeCodec.encode(change.sequence(), change.change()), change.sequence()) == 0) {
                return; // all full or gone; the next commit tries again
            }
            catalog.apply(change);
            log.info(
                    "{} of {} drives are members now",
                    now.drives().size(),
                    drives.all().size());
            now = drives.current(catalog.members());
        }
    }

    boolean closed() {
        return closed;
    }

    /** Waits for the group under way and commits nothing more. */
    void close() {
        exclusively(() -> {
            closed = true;
            journal.roll();
        });
    }

    private void commitGroup() {
        List<Pending<?>> group = takeGroup();
        List<Pending<?>> all = List.copyOf(group);
        try {
            commit(group);
        } finally {
            all.stream().filter(each -> !each.done).forEach(each -> each.end(defect())); // else they wait for ever
        }
    }

    private static StorageException defect() {
        return new StorageException(
                StorageError.UNREADABLE, "The change failed by a defect of the engine.", "Look into the log.");
    }

    private void commit(List<Pending<?>> group) {
        if (closed || !epoch.held()) {
            group.forEach(each -> each.end(new DrainingException("The object store")));
            return;
        }
        recordMembers();
        int required = drives.required(catalog.members());
        int online = drives.online().size();
        if (online < required) {
            group.forEach(each -> each.end(DriveSet.tooFew(online, required)));
            return;
        }
        if (revoked != null && !settle()) {
            group.forEach(each -> each.end(refusal(0, required)));
            return;
        }
        group.removeIf(each -> !each.decide(catalog));
        if (!group.isEmpty()) {
            write(group, required);
        }
        if (journal.bytes() > checkpointBytes) {
            logIsLong.run();
        }
    }

    private List<Pending<?>> takeGroup() {
        List<Pending<?>> group = new ArrayList<>();
        Set<String> subjects = new HashSet<>();
        while (group.size() < GROUP) {
            Pending<?> head = queue.peek(); // only the holder of the lock takes from the queue
            boolean alone = head != null && head.subject.isEmpty();
            if (head == null || (alone && !group.isEmpty()) || !subjects.add(head.subject)) {
                break;
            }
            group.add(head);
            queue.remove();
            if (alone) {
                break;
            }
        }
        return group;
    }

    private void write(List<Pending<?>> group, int required) {
        List<Change.Sequenced> changes = new ArrayList<>();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (Pending<?> each : group) {
            Change change = each.change();
            if (change != null) {
                Change.Sequenced sequenced = new Change.Sequenced(next++, change);
                changes.add(sequenced);
                bytes.writeBytes(ChangeCodec.encode(sequenced.sequence(), change));
            }
        }
        long first = changes.get(0).sequence();
        int durable = journal.append(bytes.toByteArray(), first);
        // The commit point: the changes are durable on as many members as a write needs. A crash before it leaves them
        // on
        // fewer members, then the next owner completes them; nobody was told yet.
        if (durable < required) {
            StorageException refusal = refusal(durable, required);
            revoked = new Revoked(first, next - 1);
            boolean settled = settle();
            log.warn("Changes {} to {} are void, {} drives took them; settled: {}", first, next - 1, durable, settled);
            group.forEach(each -> each.end(refusal));
            return;
        }
        recordMembers();
        changes.forEach(catalog::apply);
        group.forEach(each -> each.end(null));
    }

    /**
     * Writes down that the revoked changes do not count; nothing else is committed before that. {@return whether all
     * members know}
     */
    private boolean settle() {
        Revoked range = revoked;
        if (range == null) {
            return true;
        }
        long sequence = next++;
        Change change = new Change.Voided(range.first(), range.last());
        int told = journal.append(ChangeCodec.encode(sequence, change), sequence);
        catalog.sequence(Math.max(catalog.sequence(), sequence));
        recordMembers();
        if (told > 0 && told >= drives.online().size()) {
            revoked = null;
        }
        return revoked == null;
    }

    /** {@return whether a restart might bring changes back that were refused; their bodies must stay until then} */
    boolean unsettled() {
        return revoked != null;
    }

    private StorageException refusal(int durable, int required) {
        return journal.full()
                ? new StorageException(
                        StorageError.NO_SPACE,
                        "The drives have no space left for the change itself.",
                        "Free space on the file systems of the drives, or add drives.")
                : DriveSet.tooFew(durable, required);
    }
}
