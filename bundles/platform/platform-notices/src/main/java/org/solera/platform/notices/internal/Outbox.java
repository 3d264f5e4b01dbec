// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.notices.internal;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * What waits for one channel. Holds at most {@link #MESSAGES_MOST}; the oldest is dropped and counted. After a failure the
 * channel rests for 10 s, 20 s, 40 s … 15 min; what waited 24 h is given up. Thread-safe.
 */
final class Outbox {
    static final int MESSAGES_MOST = 1_000;
    static final Duration GIVEN_UP = Duration.ofHours(24);

    private static final Duration FIRST_REST = Duration.ofSeconds(10);
    private static final Duration LONGEST_REST = Duration.ofMinutes(15);

    private final Deque<Message> waiting = new ArrayDeque<>(); // guarded by this, as all below
    private int failures;
    private long failingSince;
    private long notBefore;
    private boolean resting;
    private long dropped;

    /** {@return the message that had to go to make room, or none} */
    synchronized List<Message> add(Message message) {
        List<Message> gone = new ArrayList<>();
        while (waiting.size() >= MESSAGES_MOST) {
            gone.add(waiting.removeFirst());
            dropped++;
        }
        waiting.addLast(message);
        return gone;
    }

    /** Takes the messages that are to be sent now; empty if none are. */
    synchronized List<Message> take(int most, Duration gather, long nanos) {
        List<Message> batch = new ArrayList<>();
        Message first = waiting.peekFirst();
        if (first == null
                || resting && nanos - notBefore < 0
                || nanos - first.queuedNanos() < gather.toNanos() && waiting.size() < most) {
            return batch;
        }
        while (batch.size() < most && !waiting.isEmpty()) {
            batch.add(waiting.removeFirst());
        }
        return batch;
    }

    /** The batch was sent; the channel may be used again after a pause. */
    synchronized void sent(Duration pause, long nanos) {
        failures = 0;
        rest(pause, nanos);
    }

    /**
     * The batch was not sent and waits again.
     *
     * @return those messages that are given up
     */
    synchronized List<Message> failed(List<Message> batch, long nanos) {
        if (failures == 0) {
            failingSince = nanos;
        }
        rest(FIRST_REST.multipliedBy(1L << Math.min(failures, 10)), nanos);
        failures++;
        List<Message> gone = new ArrayList<>();
        for (int i = batch.size() - 1; i >= 0; i--) {
            Message message = batch.get(i);
            if (nanos - message.queuedNanos() >= GIVEN_UP.toNanos() || waiting.size() >= MESSAGES_MOST) {
                gone.add(message);
                dropped++;
            } else {
                waiting.addFirst(message);
            }
        }
        return gone;
    }

    private void rest(Duration length, long nanos) {
        Duration rest = length.compareTo(LONGEST_REST) > 0 ? LONGEST_REST : length;
        resting = !rest.isZero();
        notBefore = nanos + rest.toNanos();
    }

    /** The settings changed: what failed may go well now. */
    synchronized void retry() {
        resting = false;
    }

    /** The channel was turned off: nothing waits any more. */
    synchronized void clear() {
        waiting.clear();
        failures = 0;
        resting = false;
    }

    synchronized int size() {
        return waiting.size();
    }

    /** {@return for how long sending has failed; zero if the last try went well} */
    synchronized Duration failing(long nanos) {
        return failures == 0 ? Duration.ZERO : Duration.ofNanos(nanos - failingSince);
    }

    synchronized long dropped() {
        return dropped;
    }
}
