// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.history.internal;

import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.solera.platform.api.NamedExecutors;
import org.solera.platform.api.history.Figures;
import org.solera.platform.api.live.LiveEvent;
import org.solera.platform.api.live.LiveEvents;

/** Tells those who watch the topic {@code metrics} a few figures every 5 s; asks nobody while nobody watches. */
@Component(immediate = true, service = OverviewPublisher.class)
public final class OverviewPublisher {
    private static final Logger log = LoggerFactory.getLogger(OverviewPublisher.class);
    private static final int PERIOD_SECONDS = 5;

    private final Figures sources;
    private final LiveEvents events;
    private final Clock clock;
    private final ExecutorService worker;
    private final ScheduledExecutorService scheduler;
    private final ScheduledFuture<?> timer;
    private final Overview overview = new Overview(); // confined to the worker

    @Activate
    public OverviewPublisher(
            @Reference Figures sources,
            @Reference LiveEvents events,
            @Reference Clock clock,
            @Reference NamedExecutors executors) {
        this.sources = sources;
        this.events = events;
        this.clock = clock;
        this.worker = executors.open("platform", "overview", 1, 1);
        this.scheduler = executors.openScheduler("platform", "overview-clock");
        this.timer = scheduler.scheduleAtFixedRate(this::tick, PERIOD_SECONDS, PERIOD_SECONDS, TimeUnit.SECONDS);
    }

    private void tick() {
        try {
            worker.execute(this::publish);
        } catch (RejectedExecutionException busy) {
            log.debug("The overview is still being made; this turn is left out.", busy);
        }
    }

    private void publish() {
        if (!events.watched()) {
            overview.forget();
            return;
        }
        Map<String, Object> state = overview.advance(sources.now(), System.nanoTime());
        state.put("at", clock.instant());
        events.publish(new LiveEvent("metrics", "overview", state));
    }

    @Deactivate
    public void close() {
        timer.cancel(false);
        scheduler.shutdownNow();
        worker.shutdownNow();
    }
}
