// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.system.rest.internal;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.zip.CRC32C;
import javax.annotation.security.RolesAllowed;
import javax.ws.rs.Consumes;
import javax.ws.rs.GET;
import javax.ws.rs.HeaderParam;
import javax.ws.rs.POST;
import javax.ws.rs.PUT;
import javax.ws.rs.Path;
import javax.ws.rs.PathParam;
import javax.ws.rs.Produces;
import javax.ws.rs.QueryParam;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.HttpHeaders;
import javax.ws.rs.core.MediaType;
import javax.ws.rs.core.Response;
import javax.ws.rs.core.SecurityContext;
import org.jspecify.annotations.Nullable;
import org.solera.platform.api.ServiceGate;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.notices.AlertRule;
import org.solera.platform.api.notices.Notice;
import org.solera.platform.api.notices.Notices;
import org.solera.platform.api.notices.Severity;
import org.solera.platform.api.rest.Answers;
import org.solera.platform.api.rest.Conditional;
import org.solera.platform.api.rest.Described;
import org.solera.platform.api.rest.Page;

/** What needs attention, and when somebody is told. Thread-safe. */
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
@Described("What needs attention, and when somebody is told.")
public final class NoticesResource {
    private final ServiceGate<Notices> notices;

    NoticesResource(ServiceGate<Notices> notices) {
        this.notices = notices;
    }

    /** A notice; {@code severity} in lower case, {@code value} null if it is no number. */
    record NoticeDto(
            String id,
            String rule,
            String subject,
            String severity,
            String title,
            String titleZh,
            String nextAction,
            String nextActionZh,
            @Nullable Double value,
            Instant since,
            @Nullable Instant endedAt,
            String acknowledgedBy,
            @Nullable Instant acknowledgedAt,
            @Nullable Instant silencedUntil,
            String delivery) {
        static NoticeDto of(Notice notice) {
            return new NoticeDto(
                    notice.id(),
                    notice.rule(),
                    notice.subject(),
                    notice.severity().name().toLowerCase(Locale.ROOT),
                    notice.title(),
                    notice.titleZh(),
                    notice.nextAction(),
                    notice.nextActionZh(),
                    Double.isFinite(notice.value()) ? notice.value() : null,
                    notice.since(),
                    notice.endedAt(),
                    notice.acknowledgedBy(),
                    notice.acknowledgedAt(),
                    notice.silencedUntil(),
                    notice.delivery());
        }
    }

    /** A rule; {@code severity} and {@code comparison} in lower case. */
    record RuleDto(
            String id,
            String title,
            String titleZh,
            String nextAction,
            String nextActionZh,
            String severity,
            String metric,
            String comparison,
            double threshold,
            long lastingSeconds,
            boolean enabled,
            String version) {
        static RuleDto of(AlertRule rule) {
            return new RuleDto(
                    rule.id(),
                    rule.title(),
                    rule.titleZh(),
                    rule.nextAction(),
                    rule.nextActionZh(),
                    rule.severity().name().toLowerCase(Locale.ROOT),
                    rule.metric(),
                    rule.comparison().name().toLowerCase(Locale.ROOT),
                    rule.threshold(),
                    rule.lasting().toSeconds(),
                    rule.enabled(),
                    versionOf(rule));
        }
    }

    /** Until when nobody is told. */
    record SilenceDto(@Nullable Instant until) {}

    /** What can be changed of a rule. */
    record RuleEditDto(
            @Nullable Double threshold,
            @Nullable Long lastingSeconds,
            @Nullable String severity,
            @Nullable Boolean enabled) {}

    private static String versionOf(AlertRule rule) {
        CRC32C sum = new CRC32C();
        sum.update("%s/%s/%s/%s"
                .formatted(rule.threshold(), rule.lasting(), rule.severity(), rule.enabled())
                .getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().toHexDigits((int) sum.getValue());
    }

    @GET
    @Path("notices")
    @Described("Notices, those that hold first. With open=true only those.")
    public Page<NoticeDto> list(
            @QueryParam("open") @Nullable String open,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor)
            throws SoleraException {
        int most = Requests.limit(limit);
        Page.checkLimit(most);
        List<Notice> all = Calls.ask(notices, Notices::notices).stream()
                .filter(each -> !"true".equals(open) || each.endedAt() == null)
                .toList();
        // The order is not that of a key: the page begins behind the notice that the cursor names.
        String after = Page.decode(cursor);
        int from = 0;
        for (int i = 0; !after.isEmpty() && i < all.size(); i++) {
            if (all.get(i).id().equals(after)) {
                from = i + 1;
            }
        }
        int to = Math.min(all.size(), from + most);
        String next = to < all.size() ? Page.encode(all.get(to - 1).id()) : null;
        return new Page<>(all.subList(from, to), next).map(NoticeDto::of);
    }

    @POST
    @Path("notices/{id}/acknowledge")
    @RolesAllowed({"OWNER", "OPERATOR", "ENGINEER"})
    @Described("Says that somebody has taken it up.")
    public NoticeDto acknowledge(@PathParam("id") String id, @Context SecurityContext caller) throws SoleraException {
        return NoticeDto.of(Calls.ask(notices, service -> service.acknowledge(id, Requests.who(caller))));
    }

    @POST
    @Path("notices/{id}/silence")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed({"OWNER", "OPERATOR", "ENGINEER"})
    @Described("Tells nobody of it again until a time, at most 30 days ahead.")
    public NoticeDto silence(@PathParam("id") String id, @Nullable SilenceDto body, @Context SecurityContext caller)
            throws SoleraException {
        Instant until = Requests.required(Requests.body(body).until(), "until");
        return NoticeDto.of(Calls.ask(notices, service -> service.silence(id, until, Requests.who(caller))));
    }

    @GET
    @Path("rules")
    @Described("When somebody is told.")
    public Page<RuleDto> rules() throws SoleraException {
        return Page.whole(
                Calls.ask(notices, Notices::rules).stream().map(RuleDto::of).toList());
    }

    private AlertRule rule(String id) throws SoleraException {
        return Calls.ask(notices, Notices::rules).stream()
                .filter(each -> each.id().equals(id))
                .findFirst()
                .orElseThrow(() -> Requests.notFound("rule " + id));
    }

    @PUT
    @Path("rules/{id}")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed({"OWNER", "ENGINEER"})
    @Conditional
    @Answers(RuleDto.class)
    @Described("Changes a rule; what is not named stays.")
    public Response change(
            @PathParam("id") String id,
            @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
            @Nullable RuleEditDto body)
            throws SoleraException {
        RuleEditDto edit = Requests.body(body);
        AlertRule before = rule(id);
        Requests.require(ifMatch, versionOf(before));
        double threshold = edit.threshold() == null ? before.threshold() : edit.threshold();
        long lasting = edit.lastingSeconds() == null ? before.lasting().toSeconds() : edit.lastingSeconds();
        Severity severity = edit.severity() == null ? before.severity() : severity(edit.severity());
        boolean enabled = edit.enabled() == null ? before.enabled() : edit.enabled();
        RuleDto after =
                RuleDto.of(Calls.ask(notices, service -> service.change(id, threshold, lasting, severity, enabled)));
        return Response.ok(after)
                .header(HttpHeaders.ETAG, Requests.etag(after.version()))
                .build();
    }

    private static Severity severity(String word) throws SoleraException {
        for (Severity each : Severity.values()) {
            if (each.name().equalsIgnoreCase(word)) {
                return each;
            }
        }
        throw Requests.invalid("There is no severity %s.".formatted(word), "Give info, warning or critical.", null);
    }
}
