// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.core.internal;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.solera.platform.api.OwnerEpoch;
import org.solera.platform.api.OwnerRegistry;
import org.solera.platform.api.PlatformError;
import org.solera.platform.api.ServiceRank;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.spi.ExclusiveOwner;

/**
 * One resource, its owner and those in standby.
 *
 * <p><b>Thread-safety:</b> thread-safe. {@code turn} is held while an owner opens or closes, so that this happens one at
 * a time; the monitor guards the fields and is never held during a call of an owner.
 */
final class OwnedResource {
    /** One that can own the resource. */
    record Candidate(ServiceRank rank, long bundleId, ExclusiveOwner owner) {}

    private static final Logger log = LoggerFactory.getLogger(OwnedResource.class);

    /** {@code remove} runs on a framework thread that gives up after 5 s. */
    private static final Duration REMOVE_LIMIT = Duration.ofSeconds(2);

    private static final Duration TURN_LIMIT = Duration.ofSeconds(10);

    private final String name;
    private final EpochFile epochs;
    private final OwnerCalls calls;
    private final Runnable settleSoon;
    private final ReentrantLock turn = new ReentrantLock(true);
    private final List<Candidate> candidates = new ArrayList<>(); // guarded by this; in order of arrival
    private @Nullable Candidate current; // guarded by this
    private @Nullable OwnerEpoch epoch; // guarded by this; of current
    private @Nullable String failure; // guarded by this; why there is no owner
    private boolean owned; // guarded by this; whether there ever was an owner
    private long handOvers; // guarded by this
    private long lastHandOverMillis; // guarded by this

    /** @param settleSoon asks for {@link #settle} on another thread */
    OwnedResource(String name, EpochFile epochs, OwnerCalls calls, Runnable settleSoon) {
        this.name = name;
        this.epochs = epochs;
        this.calls = calls;
        this.settleSoon = settleSoon;
    }

    String name() {
        return name;
    }

    synchronized Optional<Long> owner() {
        return Optional.ofNullable(current).map(Candidate::bundleId);
    }

    synchronized boolean hasCandidateOf(long bundleId) {
        return candidates.stream().anyMatch(each -> each.bundleId() == bundleId);
    }

    synchronized OwnerRegistry.Ownership ownership() {
        Long owner = current == null ? null : current.bundleId();
        return new OwnerRegistry.Ownership(
                name,
                owner,
                epoch == null ? 0 : epoch.number(),
                candidates.stream()
                        .map(Candidate::bundleId)
                        .filter(id -> !id.equals(owner))
                        .toList());
    }

    /** {@return why nobody owns the resource although somebody could} */
    synchronized Optional<String> failure() {
        return current == null && !candidates.isEmpty() ? Optional.ofNullable(failure) : Optional.empty();
    }

    synchronized long epochNumber() {
        return epoch == null ? 0 : epoch.number();
    }

    synchronized long handOvers() {
        return handOvers;
    }

    synchronized long lastHandOverMillis() {
        return lastHandOverMillis;
    }

    void add(Candidate candidate) {
        synchronized (this) {
            candidates.add(candidate);
        }
        settleSoon.run();
    }

    /** Takes a candidate away; if it is the owner it closes before this returns, in 4 s at most, and the best standby opens. */
    void remove(Candidate candidate) {
        synchronized (this) {
            candidates.remove(candidate);
        }
        boolean mine = false;
        try {
            mine = turn.tryLock(REMOVE_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        if (mine) {
            try {
                shut(candidate, REMOVE_LIMIT);
            } finally {
                turn.unlock();
            }
        } else {
            fence(candidate);
        }
        settleSoon.run();
    }

    private synchronized void fence(Candidate candidate) {
        if (current == candidate && epoch != null) {
            epoch.revoke();
            log.error("The owner of {} left while the resource was busy; its epoch is revoked.", name);
        }
    }

    /** Closes whatever owns the resource, for the end of the process. */
    void close() {
        turn.lock();
        try {
            Candidate owner;
            synchronized (this) {
                candidates.clear();
                owner = current;
            }
            if (owner != null) {
                shut(owner, TURN_LIMIT);
            }
        } finally {
            turn.unlock();
        }
    }

    /**
     * Sees to it that the resource has an owner if it can have one: closes an owner that is gone, then opens the first
     * candidate, or, once there was an owner, the best.
     *
     * @return whether there is nothing left to do
     */
    boolean settle() {
        turn.lock();
        try {
            Candidate gone;
            synchronized (this) {
                gone = current != null && !candidates.contains(current) ? current : null;
            }
            if (gone != null) {
                shut(gone, TURN_LIMIT);
            }
            List<Candidate> order;
            synchronized (this) {
                if (current != null || candidates.isEmpty()) {
                    return true;
                }
                order = new ArrayList<>(candidates);
                if (owned) {
                    order.sort(Comparator.comparing(Candidate::rank).reversed());
                }
            }
            for (Candidate candidate : order) {
                if (opens(candidate)) {
                    return true;
                }
            }
            return false;
        } finally {
            turn.unlock();
        }
    }

    private boolean opens(Candidate candidate) {
        try {
            long begin = System.nanoTime();
            own(candidate);
            log.info("{} is owned by bundle {} after {} ms.", name, candidate.bundleId(), millisSince(begin));
            return true;
        } catch (SoleraException refusal) {
            fail(refusal);
            log.warn("{} could not be opened by bundle {}.", name, candidate.bundleId(), refusal);
            return false;
        }
    }

    private synchronized void fail(SoleraException refusal) {
        failure = refusal.explain();
    }

    /** Moves the resource; see {@link org.solera.platform.api.OwnerRegistry#handOver}. */
    void handOver(long fromBundleId, long toBundleId) throws SoleraException {
        if (!turnInTime()) {
            throw conflict("%s is busy with another hand-over.".formatted(name), "Try again in a moment.");
        }
        try {
            Candidate old;
            Candidate next;
            synchronized (this) {
                old = current;
                if (old == null || old.bundleId() != fromBundleId) {
                    throw conflict(
                            "Bundle %d does not own %s.".formatted(fromBundleId, name),
                            "Ask platform:owners who does.");
                }
                next = standby(toBundleId);
            }
            move(old, next);
        } finally {
            turn.unlock();
        }
    }

    private boolean turnInTime() {
        try {
            return turn.tryLock(TURN_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private synchronized Candidate standby(long bundleId) throws SoleraException {
        for (Candidate candidate : candidates) {
            if (candidate.bundleId() == bundleId && candidate != current) {
                return candidate;
            }
        }
        throw new SoleraException(
                PlatformError.NOT_FOUND,
                "Bundle %d has no standby for %s.".formatted(bundleId, name),
                "Ask platform:owners who is in standby.",
                null);
    }

    private void move(Candidate old, Candidate next) throws SoleraException {
        long begin = System.nanoTime();
        shut(old, TURN_LIMIT);
        long closedMillis = millisSince(begin);
        try {
            own(next);
        } catch (SoleraException refusal) {
            takeBack(old, refusal);
            throw refusal;
        }
        long tookMillis = millisSince(begin);
        synchronized (this) {
            handOvers++;
            lastHandOverMillis = tookMillis;
        }
        log.info(
                "{} moved from bundle {} to bundle {}: closed in {} ms, opened in {} ms.",
                name,
                old.bundleId(),
                next.bundleId(),
                closedMillis,
                tookMillis - closedMillis);
    }

    private void takeBack(Candidate old, SoleraException refusal) {
        try {
            own(old);
            log.warn("{} stays with bundle {}.", name, old.bundleId());
        } catch (SoleraException second) {
            refusal.addSuppressed(second);
            fail(second);
            settleSoon.run();
        }
    }

    /** Opens a candidate under a new epoch. The caller holds {@code turn}. */
    private void own(Candidate candidate) throws SoleraException {
        OwnerEpoch next = nextEpoch();
        calls.open(candidate.owner(), next);
        boolean gone;
        synchronized (this) {
            current = candidate;
            epoch = next;
            failure = null;
            owned = true;
            gone = !candidates.contains(candidate);
        }
        if (gone) {
            shut(candidate, TURN_LIMIT);
            throw conflict("Bundle %d left while it opened %s.".formatted(candidate.bundleId(), name), "Try again.");
        }
    }

    private OwnerEpoch nextEpoch() throws SoleraException {
        try {
            return new OwnerEpoch(name, epochs.next(name));
        } catch (IOException failed) {
            throw new SoleraException(
                    PlatformError.INTERNAL,
                    "The epoch of %s cannot be written: %s".formatted(name, failed.getMessage()),
                    "Check the free space and the mode of the data folder.",
                    failed);
        }
    }

    /** Closes a candidate if it is the owner. The caller holds {@code turn}. The epoch ends after the close: it flushes. */
    private void shut(Candidate candidate, Duration patience) {
        OwnerEpoch ending;
        synchronized (this) {
            if (current != candidate) {
                return;
            }
            ending = epoch;
        }
        calls.close(candidate.owner(), name, patience);
        synchronized (this) {
            current = null;
            epoch = null;
        }
        if (ending != null) {
            ending.revoke();
        }
    }

    private static SoleraException conflict(String message, String nextAction) {
        return new SoleraException(PlatformError.CONFLICT, message, nextAction, null);
    }

    private static long millisSince(long begin) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
    }
}
