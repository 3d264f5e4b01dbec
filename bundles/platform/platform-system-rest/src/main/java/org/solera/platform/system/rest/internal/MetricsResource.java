// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.system.rest.internal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.ws.rs.GET;
import javax.ws.rs.Path;
import javax.ws.rs.Produces;
import javax.ws.rs.QueryParam;
import javax.ws.rs.core.MediaType;
import org.jspecify.annotations.Nullable;
import org.solera.platform.api.ServiceGate;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.history.MetricHistory;
import org.solera.platform.api.rest.Described;
import org.solera.platform.api.rest.Page;

/** Figures of the last 30 days. Thread-safe. */
@Path("metrics")
@Produces(MediaType.APPLICATION_JSON)
@Described("Figures of the last 30 days.")
public final class MetricsResource {
    private static final int USUAL_STEPS = 300;

    private final ServiceGate<MetricHistory> histories;
    private final Clock clock;

    MetricsResource(ServiceGate<MetricHistory> histories, Clock clock) {
        this.histories = histories;
        this.clock = clock;
    }

    /** Points of one series at equal distances; null where nothing was recorded. */
    record PointsDto(
            Map<String, String> labels, boolean rate, Instant from, long stepSeconds, List<@Nullable Double> values) {
        static PointsDto of(MetricHistory.Points points) {
            List<@Nullable Double> values = new ArrayList<>();
            for (double value : points.values()) {
                values.add(Double.isFinite(value) ? value : null);
            }
            return new PointsDto(
                    points.series().labels(), points.series().rate(), points.from(), points.stepSeconds(), values);
        }
    }

    @GET
    @Path("series")
    @Described("All series that are recorded.")
    public Page<MetricHistory.Series> series() throws SoleraException {
        return Page.whole(Calls.ask(histories, MetricHistory::series));
    }

    @GET
    @Path("points")
    @Described("Points of all series of a metric; the last hour if no time is given.")
    public Page<PointsDto> points(
            @QueryParam("metric") @Nullable String metric,
            @QueryParam("from") @Nullable String from,
            @QueryParam("to") @Nullable String to,
            @QueryParam("steps") @Nullable String steps)
            throws SoleraException {
        String name = Requests.required(metric, "the parameter metric");
        Instant end = Requests.time("to", to, clock.instant());
        Instant begin = Requests.time("from", from, end.minus(Duration.ofHours(1)));
        int most = steps == null || steps.isEmpty() ? USUAL_STEPS : Requests.number("steps", steps);
        return Page.whole(Calls.ask(histories, service -> service.query(name, begin, end, most)).stream()
                .map(PointsDto::of)
                .toList());
    }
}
