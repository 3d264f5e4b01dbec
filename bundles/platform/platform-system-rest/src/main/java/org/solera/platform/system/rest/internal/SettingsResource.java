// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.system.rest.internal;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.annotation.security.RolesAllowed;
import javax.ws.rs.Consumes;
import javax.ws.rs.GET;
import javax.ws.rs.HeaderParam;
import javax.ws.rs.POST;
import javax.ws.rs.PUT;
import javax.ws.rs.Path;
import javax.ws.rs.PathParam;
import javax.ws.rs.Produces;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.HttpHeaders;
import javax.ws.rs.core.MediaType;
import javax.ws.rs.core.Response;
import javax.ws.rs.core.SecurityContext;
import org.jspecify.annotations.Nullable;
import org.solera.platform.api.PlatformError;
import org.solera.platform.api.Role;
import org.solera.platform.api.ServiceGate;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.rest.Answers;
import org.solera.platform.api.rest.AuditsItself;
import org.solera.platform.api.rest.Conditional;
import org.solera.platform.api.rest.Described;
import org.solera.platform.api.rest.Page;
import org.solera.platform.api.settings.SettingField;
import org.solera.platform.api.settings.Settings;

/** Settings, by section. Thread-safe. */
@Path("settings")
@Produces(MediaType.APPLICATION_JSON)
@Described("Settings of the appliance, by section.")
public final class SettingsResource {
    private final ServiceGate<Settings> settings;

    SettingsResource(ServiceGate<Settings> settings) {
        this.settings = settings;
    }

    /** A value of a section; {@code type} in lower case. */
    record FieldDto(
            String key,
            String type,
            String title,
            String titleZh,
            String help,
            String helpZh,
            String otherwise,
            long min,
            long max,
            List<String> options) {
        static FieldDto of(SettingField field) {
            return new FieldDto(
                    field.key(),
                    field.type().name().toLowerCase(Locale.ROOT),
                    field.title(),
                    field.titleZh(),
                    field.help(),
                    field.helpZh(),
                    field.otherwise(),
                    field.min(),
                    field.max(),
                    field.options());
        }
    }

    /** A section and its values; secrets are masked. */
    record SectionDto(
            String id,
            String title,
            String titleZh,
            boolean testable,
            boolean ofOwners,
            List<FieldDto> fields,
            Map<String, Object> values,
            List<String> changed,
            String version) {
        static SectionDto of(Settings.State state) {
            return new SectionDto(
                    state.section().id(),
                    state.section().title(),
                    state.section().titleZh(),
                    state.section().testable(),
                    state.section().ofOwners(),
                    state.section().fields().stream().map(FieldDto::of).toList(),
                    state.values(),
                    state.changed(),
                    state.version());
        }
    }

    /** Values to set, or to try; null takes a value back to its default. */
    record ValuesDto(@Nullable Map<String, Object> values) {}

    /** What a try did. */
    record TriedDto(String message) {}

    @GET
    @Described("All sections with their values.")
    public Page<SectionDto> list() throws SoleraException {
        return Page.whole(Calls.ask(settings, Settings::sections).stream()
                .map(SectionDto::of)
                .toList());
    }

    private Settings.State find(String id) throws SoleraException {
        return Calls.ask(settings, service -> service.section(id))
                .orElseThrow(() -> Requests.notFound("section " + id));
    }

    @GET
    @Path("{id}")
    @Answers(SectionDto.class)
    @Described("One section with its values.")
    public Response get(
            @PathParam("id") String id, @HeaderParam(HttpHeaders.IF_NONE_MATCH) @Nullable String ifNoneMatch)
            throws SoleraException {
        Settings.State state = find(id);
        if (ifNoneMatch != null && Requests.fits(ifNoneMatch, state.version())) {
            return Response.notModified()
                    .header(HttpHeaders.ETAG, Requests.etag(state.version()))
                    .build();
        }
        return answer(state);
    }

    /** Some settings decide who comes in: with a directory of its own an engineer would be an owner. */
    private static void requireRight(Settings.State state, SecurityContext context) throws SoleraException {
        if (state.section().ofOwners() && !context.isUserInRole(Role.OWNER.name())) {
            throw new SoleraException(
                    PlatformError.FORBIDDEN,
                    "These settings are changed by owners alone.",
                    "Ask the owner of the appliance.",
                    null);
        }
    }

    private static Response answer(Settings.State state) {
        return Response.ok(SectionDto.of(state))
                .header(HttpHeaders.ETAG, Requests.etag(state.version()))
                .build();
    }

    @PUT
    @Path("{id}")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed({"OWNER", "ENGINEER"})
    @Conditional
    @Answers(SectionDto.class)
    @Described("Sets values; those that are not named stay.")
    public Response put(
            @PathParam("id") String id,
            @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
            @Nullable ValuesDto body,
            @Context SecurityContext context)
            throws SoleraException {
        Map<String, Object> values = Requests.required(Requests.body(body).values(), "values");
        Settings.State state = find(id);
        requireRight(state, context);
        String version = state.version();
        Requests.require(ifMatch, version);
        try {
            return answer(Calls.ask(settings, service -> service.update(id, values, version)));
        } catch (SoleraException refused) {
            if (refused.code() == PlatformError.CONFLICT) {
                throw Requests.stale(refused); // somebody was faster, between the look and the change
            }
            throw refused;
        }
    }

    @POST
    @Path("{id}/test")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed({"OWNER", "ENGINEER"})
    @AuditsItself
    @Described("Tries values without taking them: sends a mail, asks a directory.")
    public TriedDto test(@PathParam("id") String id, @Nullable ValuesDto body, @Context SecurityContext context)
            throws SoleraException {
        Map<String, Object> values = Requests.required(Requests.body(body).values(), "values");
        requireRight(find(id), context);
        return new TriedDto(Calls.ask(settings, service -> service.test(id, values)));
    }
}
