// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.notices.internal;

import static org.osgi.service.component.annotations.ReferenceCardinality.MULTIPLE;
import static org.osgi.service.component.annotations.ReferencePolicy.DYNAMIC;

import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.solera.platform.api.NamedExecutors;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.notices.Notice;
import org.solera.platform.api.spi.MetricSource.Sink;

/**
 * Brings messages to the channels, each with a queue of its own and one thread at a time, so that a dead mail server does
 * not hold up the webhook. Thread-safe.
 */
@Component(service = Deliveries.class)
public final class Deliveries {
    /** Learns what came of a delivery. */
    interface Listener {
        void delivered(Notice notice, String channel, String outcome);
    }

    private static final Logger log = LoggerFactory.getLogger(Deliveries.class);
    private static final int CHANNELS = 3;
    private static final int BATCHES_IN_A_ROW = 100;

    /** One channel: the settings of now, and what waits. */
    private static final class Lane {
        private final Outbox outbox = new Outbox();
        private final AtomicBoolean busy = new AtomicBoolean();
        private final LongAdder sent = new LongAdder();
        private final LongAdder failed = new LongAdder();
        private volatile @Nullable Channel channel; // none while its settings change
        private volatile @Nullable Channel known; // the last one there was
        private volatile String trouble = "";
    }

    private final Map<String, Lane> lanes = new ConcurrentHashMap<>();
    private final Clock clock;
    private final LongSupplier nanoTime;
    private final ExecutorService workers;
    private final ScheduledExecutorService scheduler;
    private final ScheduledFuture<?> timer;
    private volatile Listener listener = (notice, channel, outcome) -> {};

    @Activate
    public Deliveries(@Reference Clock clock, @Reference NamedExecutors executors) {
        this(clock, System::nanoTime, executors);
    }

    Deliveries(Clock clock, LongSupplier nanoTime, NamedExecutors executors) {
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.workers = executors.open("platform", "notices-delivery", CHANNELS, CHANNELS);
        this.scheduler = executors.openScheduler("platform", "notices-delivery-clock");
        this.timer = scheduler.scheduleWithFixedDelay(this::tick, 1, 1, TimeUnit.SECONDS);
    }

    @Reference(cardinality = MULTIPLE, policy = DYNAMIC)
    void bindChannel(Channel channel) {
        Lane lane = lanes.computeIfAbsent(channel.id(), any -> new Lane());
        lane.channel = channel;
        lane.known = channel;
        lane.outbox.retry();
        if (!channel.enabled()) {
            lane.outbox.clear();
            lane.trouble = "";
        }
    }

    void unbindChannel(Channel channel) {
        Lane lane = lanes.get(channel.id());
        if (lane != null && lane.channel == channel) {
            lane.channel = null; // its settings change; what waits stays
        }
    }

    void listen(Listener newListener) {
        this.listener = newListener;
    }

    /** Queues a message for every channel that is on and wants this severity. Never blocks. */
    void tell(Notice notice, Message.Kind kind) {
        Message message = new Message(notice, kind, clock.instant(), nanoTime.getAsLong());
        lanes.forEach((id, lane) -> {
            Channel channel = lane.known;
            boolean wanted =
                    channel != null && channel.enabled() && notice.severity().compareTo(channel.minimum()) >= 0;
            if (!wanted || kind == Message.Kind.BEGAN && Outcomes.sent(notice.delivery(), id)) {
                return;
            }
            lane.outbox
                    .add(message)
                    .forEach(gone -> listener.delivered(gone.notice(), id, "dropped, because too many were waiting"));
            if (kind == Message.Kind.BEGAN) {
                listener.delivered(notice, id, "waiting");
            }
        });
    }

    /** Sends what is due; called every second. */
    void tick() {
        lanes.forEach((id, lane) -> {
            if (lane.outbox.size() > 0 && lane.busy.compareAndSet(false, true)) {
                try {
                    workers.execute(() -> run(id, lane));
                } catch (RejectedExecutionException closed) {
                    lane.busy.set(false);
                }
            }
        });
    }

    private void run(String id, Lane lane) {
        try {
            for (int i = 0; i < BATCHES_IN_A_ROW; i++) {
                Channel channel = lane.channel;
                if (channel == null || !channel.enabled() || !send(id, lane, channel)) {
                    return;
                }
            }
        } finally {
            lane.busy.set(false);
        }
    }

    private boolean send(String id, Lane lane, Channel channel) {
        List<Message> batch = lane.outbox.take(channel.batch(), channel.gather(), nanoTime.getAsLong());
        if (batch.isEmpty()) {
            return false;
        }
        String failure;
        try {
            channel.send(batch);
            lane.outbox.sent(channel.pause(), nanoTime.getAsLong());
            lane.sent.add(batch.size());
            lane.trouble = "";
            String when = "sent " + clock.instant().truncatedTo(ChronoUnit.SECONDS);
            batch.forEach(message -> listener.delivered(message.notice(), id, when));
            return true;
        } catch (SoleraException refused) {
            failure = refused.explain();
        } catch (RuntimeException | LinkageError broken) {
            log.error("Sending by {} failed.", id, broken);
            failure = "The " + id + " could not be sent, because of a defect: " + broken.getMessage();
        }
        lane.failed.add(batch.size());
        if (lane.trouble.isEmpty()) {
            log.warn("Notices cannot be delivered by {}: {}", id, failure);
        }
        lane.trouble = failure;
        List<Message> gone = lane.outbox.failed(batch, nanoTime.getAsLong());
        for (Message message : batch) {
            String outcome = gone.contains(message) ? "given up, " : "waiting, ";
            listener.delivered(message.notice(), id, outcome + failure);
        }
        return false;
    }

    /** {@return channels that have not delivered for as long, with the cause} */
    Map<String, String> failing(Duration atLeast) {
        Map<String, String> failing = new TreeMap<>();
        lanes.forEach((id, lane) -> {
            Duration since = lane.outbox.failing(nanoTime.getAsLong());
            if (!lane.trouble.isEmpty() && since.compareTo(atLeast) >= 0) {
                failing.put(id, lane.trouble);
            }
        });
        return failing;
    }

    void collect(Sink sink) {
        lanes.forEach((id, lane) -> {
            sink.counter("solera_notices_sent_total", "Messages sent.", lane.sent.sum(), "channel", id);
            sink.counter("solera_notices_failed_total", "Messages not taken.", lane.failed.sum(), "channel", id);
            sink.counter("solera_notices_dropped_total", "Messages given up.", lane.outbox.dropped(), "channel", id);
            sink.gauge("solera_notices_waiting", "Messages that wait.", lane.outbox.size(), "channel", id);
        });
    }

    @Deactivate
    public void close() {
        timer.cancel(false);
        scheduler.shutdownNow();
        workers.shutdownNow();
    }
}
