// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.system.rest.internal;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import javax.annotation.security.RolesAllowed;
import javax.ws.rs.Consumes;
import javax.ws.rs.DELETE;
import javax.ws.rs.GET;
import javax.ws.rs.POST;
import javax.ws.rs.Path;
import javax.ws.rs.PathParam;
import javax.ws.rs.Produces;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.HttpHeaders;
import javax.ws.rs.core.MediaType;
import javax.ws.rs.core.Response;
import javax.ws.rs.core.SecurityContext;
import javax.ws.rs.core.StreamingOutput;
import org.jspecify.annotations.Nullable;
import org.solera.platform.api.ServiceGate;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.backup.Backups;
import org.solera.platform.api.operations.Operation;
import org.solera.platform.api.rest.Answers;
import org.solera.platform.api.rest.AuditsItself;
import org.solera.platform.api.rest.Described;
import org.solera.platform.api.rest.Page;

/** Encrypted archives of the control plane. Thread-safe. */
@Path("backups")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed("OWNER")
@Described("Encrypted archives of the control plane.")
public final class BackupsResource {
    private final ServiceGate<Backups> backups;

    BackupsResource(ServiceGate<Backups> backups) {
        this.backups = backups;
    }

    /** An archive on this box. */
    record ArchiveDto(String name, Instant createdAt, long bytes, List<String> parts, String version) {
        static ArchiveDto of(Backups.Archive archive) {
            return new ArchiveDto(
                    archive.name(), archive.createdAt(), archive.bytes(), archive.parts(), archive.version());
        }
    }

    /** The passphrase of an archive; absent for that of the settings. */
    record PassphraseDto(@Nullable String passphrase) {
        @Override
        public String toString() {
            return "PassphraseDto";
        }
    }

    /** What would be restored, one sentence a part. */
    record CheckedDto(List<String> parts) {}

    /** The operation that was begun. */
    record BegunDto(OperationsResource.OperationDto operation) {}

    /** Something done with a passphrase. */
    private interface Secretly<R> {
        R with(char[] passphrase) throws SoleraException;
    }

    private static <R> R secretly(@Nullable String passphrase, Secretly<R> what) throws SoleraException {
        char[] secret = passphrase == null ? new char[0] : passphrase.toCharArray();
        try {
            return what.with(secret);
        } finally {
            Arrays.fill(secret, ' ');
        }
    }

    @GET
    @Described("All archives, newest first.")
    public Page<ArchiveDto> list() throws SoleraException {
        return Page.whole(Calls.ask(backups, Backups::archives).stream()
                .map(ArchiveDto::of)
                .toList());
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Answers(value = BegunDto.class, status = 202)
    @Described("Makes an archive.")
    public Response create(@Nullable PassphraseDto body, @Context SecurityContext caller) throws SoleraException {
        String passphrase = body == null ? null : body.passphrase();
        return begun(secretly(
                passphrase, secret -> Calls.ask(backups, service -> service.create(secret, Requests.who(caller)))));
    }

    private static Response begun(Operation operation) {
        return Response.accepted(new BegunDto(OperationsResource.OperationDto.of(operation)))
                .header(
                        HttpHeaders.LOCATION,
                        "/api/v1/system/operations/" + operation.id()) // the base here is internal
                .build();
    }

    @POST
    @Path("upload")
    @Consumes(MediaType.APPLICATION_OCTET_STREAM)
    @Answers(value = ArchiveDto.class, status = 201)
    @Described("Takes an archive from outside in, at most 4 GiB.")
    public Response upload(InputStream body) throws SoleraException {
        Backups.Archive archive = Calls.ask(backups, service -> {
            try {
                return service.upload(body);
            } catch (IOException broken) {
                throw Requests.invalid(
                        "The archive did not arrive whole.", "Check the connection, then send it again.", broken);
            }
        });
        return Response.status(Response.Status.CREATED)
                .entity(ArchiveDto.of(archive))
                .build();
    }

    @GET
    @Path("{name}/content")
    @Produces(MediaType.WILDCARD) // whatever is accepted: there is one form
    @Answers
    @Described("The archive as a file.")
    public Response content(@PathParam("name") String name) throws SoleraException {
        InputStream in = Calls.ask(backups, service -> {
            try {
                return service.open(name);
            } catch (IOException unreadable) {
                throw Requests.invalid(
                        "The archive cannot be read.", "Look at the health of the disk it is on.", unreadable);
            }
        });
        StreamingOutput out = to -> {
            try (in) {
                in.transferTo(to);
            }
        };
        return Response.ok(out, MediaType.APPLICATION_OCTET_STREAM)
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"%s\"".formatted(name))
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }

    @POST
    @Path("{name}/check")
    @Consumes(MediaType.APPLICATION_JSON)
    @AuditsItself
    @Described("Checks passphrase, hashes and every part, and says what would be restored.")
    public CheckedDto check(@PathParam("name") String name, @Nullable PassphraseDto body) throws SoleraException {
        return new CheckedDto(secretly(
                Requests.body(body).passphrase(),
                secret -> Calls.ask(backups, service -> service.check(name, secret))));
    }

    @POST
    @Path("{name}/restore")
    @Consumes(MediaType.APPLICATION_JSON)
    @Answers(value = BegunDto.class, status = 202)
    @Described("Replaces the control plane by the archive. All is checked before anything changes.")
    public Response restore(
            @PathParam("name") String name, @Nullable PassphraseDto body, @Context SecurityContext caller)
            throws SoleraException {
        return begun(secretly(
                Requests.body(body).passphrase(),
                secret -> Calls.ask(backups, service -> service.restore(name, secret, Requests.who(caller)))));
    }

    @DELETE
    @Path("{name}")
    @Answers(status = 204)
    @Described("Deletes an archive.")
    public void delete(@PathParam("name") String name) throws SoleraException {
        Calls.ask(backups, service -> {
            service.delete(name);
            return name;
        });
    }
}
