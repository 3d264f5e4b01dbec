// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.system.rest.internal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
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
import org.solera.platform.api.HealthReport.Status;
import org.solera.platform.api.HealthTree;
import org.solera.platform.api.rest.Answers;
import org.solera.platform.api.rest.Described;

/** Health of the appliance, from the whole down to the bundle. Thread-safe. */
@Path("health")
@Produces(MediaType.APPLICATION_JSON)
@Described("Health of the appliance and its parts.")
public final class HealthResource {
    private final BundleContext context;
    private final HealthTree health;

    HealthResource(BundleContext context, HealthTree health) {
        this.context = context;
        this.health = health;
    }

    /** Health as a whole and of each part; the causes are told to those who are logged in. */
    record HealthDto(boolean ready, List<PartDto> parts) {}

    /** One part; {@code status} in lower case. */
    record PartDto(
            String name,
            String status,
            @Nullable String detail,
            @Nullable String nextAction) {}

    /** Health by domain and bundle. */
    record TreeDto(boolean ready, List<DomainDto> domains) {}

    /** The bundles of one domain; {@code status} is that of the worst. */
    record DomainDto(String domain, String status, List<BundleDto> bundles) {}

    /** A bundle and the parts it answers for. */
    record BundleDto(long id, String symbolicName, String version, String state, String status, List<PartDto> parts) {}

    @GET
    @PermitAll
    @Answers(HealthDto.class)
    @Described("Whether the appliance is ready, and how each part is; 503 when it is not ready.")
    public Response health(@Context SecurityContext caller) {
        boolean known = caller.getUserPrincipal() != null;
        List<HealthTree.Entry> entries = health.entries();
        boolean ready = health.ready();
        return Response.status(ready ? 200 : 503)
                .entity(new HealthDto(
                        ready, entries.stream().map(entry -> part(entry, known)).toList()))
                .build();
    }

    private static PartDto part(HealthTree.Entry entry, boolean causes) {
        return new PartDto(
                entry.name(),
                word(entry.report().status()),
                causes ? entry.report().detail() : null,
                causes ? entry.report().nextAction() : null);
    }

    private static String word(Status status) {
        return status.name().toLowerCase(Locale.ROOT);
    }

    @GET
    @Path("tree")
    @Described("Health by domain, bundle and part.")
    public TreeDto tree() {
        Map<Long, List<HealthTree.Entry>> byBundle = new HashMap<>();
        List<HealthTree.Entry> entries = health.entries();
        entries.forEach(entry -> byBundle.computeIfAbsent(entry.bundleId(), absent -> new ArrayList<>())
                .add(entry));
        Map<String, List<BundleDto>> domains = new TreeMap<>();
        Map<String, Status> worst = new HashMap<>();
        Arrays.stream(context.getBundles())
                .filter(bundle -> Bundles.ofTheProduct(bundle) || byBundle.containsKey(bundle.getBundleId()))
                .sorted(Comparator.comparing((Bundle bundle) -> Objects.toString(bundle.getSymbolicName(), ""))
                        .thenComparingLong(Bundle::getBundleId))
                .forEach(bundle -> {
                    List<HealthTree.Entry> parts = byBundle.getOrDefault(bundle.getBundleId(), List.of());
                    Status status = parts.stream()
                            .map(entry -> entry.report().status())
                            .max(Comparator.naturalOrder())
                            .orElse(Status.UP);
                    String domain = Bundles.domainOf(bundle);
                    worst.merge(domain, status, (one, two) -> one.compareTo(two) >= 0 ? one : two);
                    domains.computeIfAbsent(domain, absent -> new ArrayList<>()).add(bundle(bundle, status, parts));
                });
        return new TreeDto(
                health.ready(),
                domains.entrySet().stream()
                        .map(each -> new DomainDto(
                                each.getKey(), word(worst.getOrDefault(each.getKey(), Status.UP)), each.getValue()))
                        .toList());
    }

    private static BundleDto bundle(Bundle bundle, Status status, List<HealthTree.Entry> parts) {
        return new BundleDto(
                bundle.getBundleId(),
                Objects.toString(bundle.getSymbolicName(), ""),
                bundle.getVersion().toString(),
                Bundles.state(bundle),
                word(status),
                parts.stream().map(entry -> part(entry, true)).toList());
    }
}
