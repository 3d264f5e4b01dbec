// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.system.rest.internal;

import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import javax.ws.rs.GET;
import javax.ws.rs.Path;
import javax.ws.rs.Produces;
import javax.ws.rs.core.MediaType;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.solera.platform.api.Appliance;
import org.solera.platform.api.OwnerRegistry;
import org.solera.platform.api.ServiceGate;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.rest.Described;
import org.solera.platform.api.rest.Page;
import org.solera.platform.net.api.Ports;
import org.solera.upgrade.api.FeatureLedger;

/** What is installed and runs: bundles, features, owners, ports, versions. Thread-safe. */
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
@Described("What is installed and runs.")
public final class InventoryResource {
    private final BundleContext context;
    private final Appliance appliance;
    private final Ports ports;
    private final OwnerRegistry owners;
    private final ServiceGate<FeatureLedger> ledgers;
    private final Clock clock;

    InventoryResource(
            BundleContext context,
            Appliance appliance,
            Ports ports,
            OwnerRegistry owners,
            ServiceGate<FeatureLedger> ledgers,
            Clock clock) {
        this.context = context;
        this.appliance = appliance;
        this.ports = ports;
        this.owners = owners;
        this.ledgers = ledgers;
        this.clock = clock;
    }

    /** One bundle; {@code state} in lower case, {@code product} is whether it is part of Solera. */
    record BundleDto(long id, String symbolicName, String version, String state, boolean product) {}

    /** What runs here. */
    record VersionsDto(String version, String java, String container, Instant startedAt, Duration uptime) {}

    /** Who owns a resource; bundles as {@code symbolic.name/version}. */
    record OwnerDto(String resource, @Nullable String owner, long epoch, List<String> standbys) {}

    /** A feature that is installed. */
    record FeatureDto(String name, String version, String state, String reason) {}

    @GET
    @Path("bundles")
    @Described("All bundles by id.")
    public List<BundleDto> bundles() {
        return Arrays.stream(context.getBundles())
                .sorted(Comparator.comparingLong(Bundle::getBundleId))
                .map(bundle -> new BundleDto(
                        bundle.getBundleId(),
                        Objects.toString(bundle.getSymbolicName(), ""),
                        bundle.getVersion().toString(),
                        Bundles.state(bundle),
                        Bundles.ofTheProduct(bundle)))
                .toList();
    }

    @GET
    @Path("ports")
    @Described("Every port and who serves it.")
    public List<Ports.PortStatus> ports() {
        return ports.ports();
    }

    @GET
    @Path("info")
    @Described("Versions and uptime.")
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

    @GET
    @Path("owners")
    @Described("What can be owned by one bundle only, its owner and those in standby.")
    public Page<OwnerDto> owners() {
        return Page.whole(owners.ownerships().stream()
                .map(each -> new OwnerDto(
                        each.resource(),
                        each.owner() == null ? null : nameOf(each.owner()),
                        each.epoch(),
                        each.standbys().stream().map(this::nameOf).toList()))
                .toList());
    }

    private String nameOf(long bundleId) {
        Bundle bundle = context.getBundle(bundleId);
        return bundle == null ? "bundle " + bundleId : bundle.getSymbolicName() + "/" + bundle.getVersion();
    }

    @GET
    @Path("features")
    @Described("The features that are installed, and why.")
    public Page<FeatureDto> features() throws SoleraException {
        return Page.whole(Calls.ask(ledgers, FeatureLedger::installed).stream()
                .map(each -> new FeatureDto(each.name(), each.version(), "installed", each.reason()))
                .toList());
    }
}
