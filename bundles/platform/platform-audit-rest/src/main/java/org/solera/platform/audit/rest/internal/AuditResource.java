// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.audit.rest.internal;

import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.TreeMap;
import javax.annotation.security.RolesAllowed;
import javax.ws.rs.DefaultValue;
import javax.ws.rs.GET;
import javax.ws.rs.POST;
import javax.ws.rs.Path;
import javax.ws.rs.Produces;
import javax.ws.rs.QueryParam;
import javax.ws.rs.core.HttpHeaders;
import javax.ws.rs.core.MediaType;
import javax.ws.rs.core.Response;
import javax.ws.rs.core.StreamingOutput;
import org.jspecify.annotations.Nullable;
import org.solera.platform.api.DrainingException;
import org.solera.platform.api.PlatformError;
import org.solera.platform.api.ServiceGate;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.audit.Audit;
import org.solera.platform.api.audit.AuditEvent;
import org.solera.platform.api.audit.AuditPage;
import org.solera.platform.api.audit.AuditQuery;
import org.solera.platform.api.audit.AuditRecord;
import org.solera.platform.api.audit.AuditVerdict;
import org.solera.platform.api.rest.Answers;
import org.solera.platform.api.rest.AuditsItself;
import org.solera.platform.api.rest.Described;
import org.solera.platform.api.rest.Page;

/** Who changed what. Thread-safe. */
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
@Described("Who changed what, when, from where and with which outcome.")
public final class AuditResource {
    /** Media type of an export. */
    static final String LINES = "application/x-ndjson";

    private final ServiceGate<Audit> audits;

    AuditResource(ServiceGate<Audit> audits) {
        this.audits = audits;
    }

    /** A record; {@code begun} is the sequence of its wish, null if it is none's outcome. */
    record RecordDto(
            long sequence,
            Instant time,
            String who,
            String action,
            String target,
            String origin,
            String channel,
            Map<String, String> details,
            String outcome,
            @Nullable Long begun,
            String code,
            String message,
            String hash) {
        static RecordDto of(AuditRecord record) {
            AuditEvent event = record.event();
            return new RecordDto(
                    record.sequence(),
                    record.time(),
                    event.who(),
                    event.action(),
                    event.target(),
                    event.origin(),
                    event.channel(),
                    new TreeMap<>(event.details()),
                    record.outcome(),
                    record.begun(),
                    record.code(),
                    record.message(),
                    record.hash());
        }
    }

    /** What a check found; {@code broken} is 0 if the chain is whole. */
    record VerdictDto(boolean whole, long records, long first, long broken, String detail) {
        static VerdictDto of(AuditVerdict verdict) {
            return new VerdictDto(
                    verdict.whole(), verdict.records(), verdict.first(), verdict.broken(), verdict.detail());
        }
    }

    /** The key that exports are signed with. */
    record KeyDto(String algorithm, String publicKeyPem) {}

    /** Asks the audit. */
    private interface Question<T> {
        T ask(Audit audit) throws SoleraException;
    }

    private <T> T ask(Question<T> question) throws SoleraException {
        try (ServiceGate.Use<Audit> use = audits.enter()) {
            return question.ask(use.service());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new DrainingException("The audit");
        }
    }

    @GET
    @Path("records")
    @Answers(value = RecordDto.class, page = true)
    @Described("Records, newest first. A page can be short or empty and not the last: only next tells.")
    public Page<RecordDto> records(
            @QueryParam("from") @Nullable String from,
            @QueryParam("to") @Nullable String to,
            @QueryParam("who") @DefaultValue("") String who,
            @QueryParam("action") @DefaultValue("") String action,
            @QueryParam("outcome") @DefaultValue("") String outcome,
            @QueryParam("text") @DefaultValue("") String text,
            @QueryParam("limit") @DefaultValue(Page.USUAL) String limit,
            @QueryParam("cursor") @Nullable String cursor)
            throws SoleraException {
        AuditQuery query = new AuditQuery(
                time("from", from),
                time("to", to),
                who,
                action,
                outcome,
                text,
                cursor == null || cursor.isEmpty() ? Long.MAX_VALUE : number("cursor", cursor, Long.MAX_VALUE),
                (int) number("limit", limit, Page.MOST));
        AuditPage page = ask(audit -> audit.search(query));
        return new Page<>(
                page.records().stream().map(RecordDto::of).toList(),
                page.next() == 0 ? null : String.valueOf(page.next()));
    }

    @POST
    @Path("verify")
    @RolesAllowed({"OWNER", "OPERATOR", "ENGINEER"})
    @AuditsItself
    @Described("Checks the whole chain of records; changes nothing.")
    public VerdictDto verify() throws SoleraException {
        return VerdictDto.of(ask(Audit::verify));
    }

    @GET
    @Path("export")
    @Produces(LINES)
    @Answers(String.class)
    @Described("All records of a time as JSON lines, oldest first; the last line is a signature.")
    public Response export(@QueryParam("from") @Nullable String from, @QueryParam("to") @Nullable String to)
            throws SoleraException {
        Instant notBefore = time("from", from);
        Instant before = time("to", to);
        ask(Audit::publicKeyPem); // an absent audit is a refusal, not a broken stream
        StreamingOutput stream = out -> {
            try (ServiceGate.Use<Audit> use = audits.enter()) {
                use.service().export(notBefore, before, out);
            } catch (SoleraException refusal) {
                throw new IOException(refusal.explain(), refusal);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new IOException("The export was interrupted.", interrupted);
            }
        };
        return Response.ok(stream, LINES)
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"solera-audit.jsonl\"")
                .build();
    }

    @GET
    @Path("key")
    @Described("The public key that exports are signed with.")
    public KeyDto key() throws SoleraException {
        return new KeyDto("Ed25519", ask(Audit::publicKeyPem));
    }

    private static @Nullable Instant time(String name, @Nullable String text) throws SoleraException {
        if (text == null || text.isEmpty()) {
            return null;
        }
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException wrong) {
            throw invalid("%s is no time.".formatted(name), "Write it as 2026-01-31T23:59:59Z.", wrong);
        }
    }

    private static long number(String name, String text, long most) throws SoleraException {
        try {
            long number = Long.parseLong(text);
            if (number >= 1 && number <= most) {
                return number;
            }
            throw invalid("%s is not between 1 and %,d.".formatted(name, most), "", null);
        } catch (NumberFormatException wrong) {
            throw invalid("%s is no number.".formatted(name), "", wrong);
        }
    }

    private static SoleraException invalid(String cause, String next, @Nullable Exception wrong) {
        return new SoleraException(PlatformError.INVALID_REQUEST, cause, next, wrong);
    }
}
