// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.rest.internal;

import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import javax.annotation.security.PermitAll;
import javax.ws.rs.GET;
import javax.ws.rs.Path;
import javax.ws.rs.Produces;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.MediaType;
import javax.ws.rs.core.Response;
import javax.ws.rs.core.SecurityContext;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.solera.platform.api.Appliance;
import org.solera.platform.api.HealthTree;
import org.solera.platform.net.api.Ports;

/** Health, bundles, ports and versions of the appliance. Thread-safe. */
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
public final class SystemResource {
    private static final String PRODUCT = "org.solera.";

    private final BundleContext context;
    private final Appliance appliance;
    private final HealthTree health;
    private final Ports ports;
    private final Clock clock;

    SystemResource(BundleContext context, Appliance appliance, HealthTree health, Ports ports, Clock clock) {
        this.context = context;
        this.appliance = appliance;
        this.health = health;
        this.ports = ports;
        this.clock = clock;
    }

    /** Health as a whole and of each part; the causes are told to those who are logged in. */
    record HealthDto(boolean ready, List<PartDto> parts) {}

    /** One part; {@code status} in lower case. */
    record PartDto(
            String name,
            String status,
            @Nullable String detail,
            @Nullable String nextAction) {}

    /** One bundle; {@code state} in lower case, {@code product} is whether it is part of Solera. */
    record BundleDto(long id, String symbolicName, String version, String state, boolean product) {}

    /** What runs here. */
    record VersionsDto(String version, String java, String container, Instant startedAt, Duration uptime) {}

    @GET
    @Path("health")
    @PermitAll
    public Response health(@Context SecurityContext caller) {
        boolean known = caller.getUserPrincipal() != null;
        List<HealthTree.Entry> entries = health.entries();
        boolean ready = health.ready();
        List<PartDto> parts = entries.stream()
                .map(entry -> new PartDto(
                        entry.name(),
                        entry.report().status().name().toLowerCase(Locale.ROOT),
                        known ? entry.report().detail() : null,
                        known ? entry.report().nextAction() : null))
                .toList();
        return Response.status(ready ? 200 : 503)
                .entity(new HealthDto(ready, parts))
                .build();
    }

    @GET
    @Path("bundles")
    public List<BundleDto> bundles() {
        return Arrays.stream(context.getBundles())
                .sorted(Comparator.comparingLong(Bundle::getBundleId))
                .map(bundle -> {
                    String name = Objects.toString(bundle.getSymbolicName(), "");
                    return new BundleDto(
                            bundle.getBundleId(),
                            name,
                            bundle.getVersion().toString(),
                            state(bundle.getState()),
                            name.startsWith(PRODUCT));
                })
                .toList();
    }

    private static String state(int state) {
        return switch (state) {
            case Bundle.INSTALLED -> "installed";
            case Bundle.RESOLVED -> "resolved";
            case Bundle.STARTING -> "starting";
            case Bundle.STOPPING -> "stopping";
            case Bundle.ACTIVE -> "active";
            default -> "uninstalled";
        };
    }

    @GET
    @Path("ports")
    public List<Ports.PortStatus> ports() {
        return ports.ports();
    }

    @GET
    @Path("info")
    public VersionsDto info() {
        Instant startedAt =
                Instant.ofEpochMilli(ManagementFactory.getRuntimeMXBean().getStartTime());
        return new VersionsDto(
                appliance.version(),
                Runtime.version().toString(),
                Objects.toString(context.getProperty("karaf.version"), ""),
                startedAt,
                Duration.between(startedAt, clock.instant()));
    }
}
