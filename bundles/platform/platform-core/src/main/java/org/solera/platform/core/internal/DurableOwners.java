// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.core.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.solera.platform.api.Appliance;
import org.solera.platform.api.HealthReport;
import org.solera.platform.api.NamedExecutors;
import org.solera.platform.api.OwnerRegistry;
import org.solera.platform.api.PlatformError;
import org.solera.platform.api.ServiceRank;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.spi.ExclusiveOwner;
import org.solera.platform.api.spi.HealthCheck;
import org.solera.platform.api.spi.MetricSource;

/**
 * Finds owners on the whiteboard and opens one for each resource. A resource that nobody can open stays without owner,
 * is named by the health check, and is tried again after 1 s, then 2, 4, up to every 30 s.
 */
@Component(
        immediate = true,
        service = {OwnerRegistry.class, HealthCheck.class, MetricSource.class})
public final class DurableOwners implements OwnerRegistry, HealthCheck, MetricSource {
    private static final Logger log = LoggerFactory.getLogger(DurableOwners.class);
    private static final Pattern RESOURCE = Pattern.compile("[a-z0-9][a-z0-9.-]{0,99}");
    private static final Duration CALL_LIMIT = Duration.ofSeconds(10);
    private static final long LONGEST_PAUSE_SECONDS = 30;

    private record Place(OwnedResource resource, OwnedResource.Candidate candidate) {}

    private final EpochFile epochs;
    private final ExecutorService settler;
    private final ExecutorService caller;
    private final ScheduledExecutorService scheduler;
    private final OwnerCalls calls;
    private final Map<String, OwnedResource> resources = new ConcurrentHashMap<>();
    private final Map<ServiceReference<ExclusiveOwner>, Place> places = new ConcurrentHashMap<>();
    private final Map<String, Long> pauseSeconds = new ConcurrentHashMap<>();
    private final Set<String> waiting = ConcurrentHashMap.newKeySet(); // resources whose next try is scheduled

    @Activate
    public DurableOwners(@Reference Appliance appliance, @Reference NamedExecutors executors) {
        this(appliance, executors, CALL_LIMIT);
    }

    DurableOwners(Appliance appliance, NamedExecutors executors, Duration callLimit) {
        try {
            this.epochs = new EpochFile(appliance.stateDirectory("core"));
        } catch (IOException damaged) {
            throw new UncheckedIOException("Nothing can be owned without the list of epochs.", damaged);
        }
        this.settler = executors.open("core", "owners", 4, 256);
        this.caller = executors.open("core", "owner-calls", 16, 16);
        this.scheduler = executors.openScheduler("core", "owners-retry");
        this.calls = new OwnerCalls(caller, callLimit);
    }

    @Deactivate
    void close() {
        scheduler.shutdownNow();
        resources.values().forEach(OwnedResource::close);
        settler.shutdownNow();
        caller.shutdownNow();
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindOwner(ServiceReference<ExclusiveOwner> reference, ExclusiveOwner owner, Map<String, Object> properties) {
        long bundleId = ServiceDrains.bundleOf(reference);
        if (!(properties.get(ExclusiveOwner.RESOURCE) instanceof String name)
                || !RESOURCE.matcher(name).matches()) {
            log.error("An owner of bundle {} has no valid property {}.", bundleId, ExclusiveOwner.RESOURCE);
            return;
        }
        OwnedResource resource = resources.computeIfAbsent(
                name, absent -> new OwnedResource(name, epochs, calls, () -> settleSoon(name)));
        OwnedResource.Candidate candidate = new OwnedResource.Candidate(ServiceRank.of(properties), bundleId, owner);
        places.put(reference, new Place(resource, candidate));
        resource.add(candidate);
    }

    void unbindOwner(ServiceReference<ExclusiveOwner> reference) {
        Place place = places.remove(reference);
        if (place != null) {
            place.resource().remove(place.candidate());
        }
    }

    private void settleSoon(String name) {
        try {
            settler.execute(() -> settle(name));
        } catch (RejectedExecutionException full) {
            log.debug("{} is settled later: the queue is full or the registry closes.", name, full);
            later(name);
        }
    }

    private void settle(String name) {
        OwnedResource resource = resources.get(name);
        if (resource == null) {
            return;
        }
        if (resource.settle()) {
            pauseSeconds.remove(name);
        } else {
            later(name);
        }
    }

    private void later(String name) {
        if (!waiting.add(name)) {
            return;
        }
        long seconds = pauseSeconds.merge(name, 1L, (last, one) -> Math.min(LONGEST_PAUSE_SECONDS, last * 2));
        try {
            var unused = scheduler.schedule(
                    () -> {
                        waiting.remove(name);
                        settleSoon(name);
                    },
                    seconds,
                    TimeUnit.SECONDS);
        } catch (RejectedExecutionException closing) {
            log.debug("{} is not tried again: the registry closes.", name, closing);
        }
    }

    @Override
    public Set<String> resourcesOf(long bundleId) {
        return resources.values().stream()
                .filter(resource -> resource.hasCandidateOf(bundleId))
                .map(OwnedResource::name)
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public List<Ownership> ownerships() {
        return resources.values().stream()
                .map(OwnedResource::ownership)
                .sorted(Comparator.comparing(Ownership::resource))
                .toList();
    }

    @Override
    public Optional<Long> ownerOf(String resource) {
        return Optional.ofNullable(resources.get(resource)).flatMap(OwnedResource::owner);
    }

    @Override
    public void handOver(String resource, long fromBundleId, long toBundleId) throws SoleraException {
        OwnedResource owned = resources.get(resource);
        if (owned == null) {
            throw new SoleraException(
                    PlatformError.NOT_FOUND,
                    "Nobody can own %s.".formatted(resource),
                    "Ask platform:owners what can be owned.",
                    null);
        }
        owned.handOver(fromBundleId, toBundleId);
    }

    @Override
    public String name() {
        return "platform.owners";
    }

    @Override
    public HealthReport check() {
        Map<String, String> failures = new TreeMap<>();
        long owned = 0;
        for (OwnedResource resource : resources.values()) {
            resource.failure().ifPresent(cause -> failures.put(resource.name(), cause));
            owned += resource.owner().isPresent() ? 1 : 0;
        }
        if (failures.isEmpty()) {
            return HealthReport.up("%d resources are owned.".formatted(owned));
        }
        return HealthReport.down(
                failures.entrySet().stream()
                        .map(entry -> "%s has no owner: %s".formatted(entry.getKey(), entry.getValue()))
                        .collect(Collectors.joining(" ")),
                "It is tried again every %d s at the latest.".formatted(LONGEST_PAUSE_SECONDS));
    }

    @Override
    public void collect(Sink sink) {
        for (OwnedResource resource : resources.values()) {
            sink.gauge(
                    "solera_platform_owner_epoch",
                    "Epoch of the owner of a resource, 0 without owner",
                    resource.epochNumber(),
                    "resource",
                    resource.name());
            sink.counter(
                    "solera_platform_owner_handovers_total",
                    "Hand-overs of a resource",
                    resource.handOvers(),
                    "resource",
                    resource.name());
            sink.gauge(
                    "solera_platform_owner_last_handover_milliseconds",
                    "Duration of the last hand-over of a resource",
                    resource.lastHandOverMillis(),
                    "resource",
                    resource.name());
        }
    }
}
