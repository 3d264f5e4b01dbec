// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.users.rest.internal;

import javax.ws.rs.Consumes;
import javax.ws.rs.DELETE;
import javax.ws.rs.GET;
import javax.ws.rs.POST;
import javax.ws.rs.PUT;
import javax.ws.rs.Path;
import javax.ws.rs.PathParam;
import javax.ws.rs.Produces;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.MediaType;
import javax.ws.rs.core.Response;
import javax.ws.rs.core.SecurityContext;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.access.Caller;
import org.solera.platform.api.rest.Answers;
import org.solera.platform.api.rest.Page;
import org.solera.platform.users.rest.internal.Credentials.CreatedKeyDto;
import org.solera.platform.users.rest.internal.Credentials.CreatedTokenDto;
import org.solera.platform.users.rest.internal.Credentials.EnabledDto;
import org.solera.platform.users.rest.internal.Credentials.KeyDto;
import org.solera.platform.users.rest.internal.Credentials.NewKeyDto;
import org.solera.platform.users.rest.internal.Credentials.NewTokenDto;
import org.solera.platform.users.rest.internal.Credentials.SessionDto;
import org.solera.platform.users.rest.internal.Credentials.TokenDto;

/** Sessions, tokens and access keys of others, for administrators. Thread-safe. */
@Path("/people")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class PeopleCredentialsResource {
    private final UserServices services;
    private final Credentials credentials;

    PeopleCredentialsResource(UserServices services, Credentials credentials) {
        this.services = services;
        this.credentials = credentials;
    }

    /** {@return the name of a user whose credentials the caller may change} */
    private String change(SecurityContext context, String name) throws SoleraException {
        String known = require(name);
        Callers.personForOneself(context, known);
        return known;
    }

    private String require(String name) throws SoleraException {
        return services.users(users -> users.user(name))
                .orElseThrow(() -> Callers.notFound("user", name))
                .name();
    }

    @GET
    @Path("{name}/sessions")
    public Page<SessionDto> sessionsOf(@PathParam("name") String name, @Context SecurityContext context)
            throws SoleraException {
        Caller caller = Callers.of(context);
        return credentials.sessions(require(name), caller.means() == Caller.Means.SESSION ? caller.credential() : "");
    }

    @DELETE
    @Path("{name}/sessions/{id}")
    public void endSessionOf(
            @PathParam("name") String name, @PathParam("id") String id, @Context SecurityContext context)
            throws SoleraException {
        credentials.endSession(change(context, name), id);
    }

    @GET
    @Path("{name}/tokens")
    public Page<TokenDto> tokensOf(@PathParam("name") String name) throws SoleraException {
        return credentials.tokens(require(name));
    }

    @POST
    @Path("{name}/tokens")
    @Answers(value = CreatedTokenDto.class, status = 201)
    public Response createTokenFor(@PathParam("name") String name, NewTokenDto wish, @Context SecurityContext context)
            throws SoleraException {
        CreatedTokenDto created = credentials.createToken(change(context, name), wish);
        return Response.status(201).entity(created).build();
    }

    @DELETE
    @Path("{name}/tokens/{id}")
    public void revokeTokenOf(
            @PathParam("name") String name, @PathParam("id") String id, @Context SecurityContext context)
            throws SoleraException {
        credentials.revokeToken(change(context, name), id);
    }

    @GET
    @Path("{name}/keys")
    public Page<KeyDto> keysOf(@PathParam("name") String name) throws SoleraException {
        return credentials.keys(require(name));
    }

    @POST
    @Path("{name}/keys")
    @Answers(value = CreatedKeyDto.class, status = 201)
    public Response createKeyFor(@PathParam("name") String name, NewKeyDto wish, @Context SecurityContext context)
            throws SoleraException {
        CreatedKeyDto created = credentials.createKey(change(context, name), wish);
        return Response.status(201).entity(created).build();
    }

    @PUT
    @Path("{name}/keys/{id}")
    public void enableKeyOf(
            @PathParam("name") String name,
            @PathParam("id") String id,
            EnabledDto wish,
            @Context SecurityContext context)
            throws SoleraException {
        credentials.enableKey(change(context, name), id, wish.enabled());
    }

    @DELETE
    @Path("{name}/keys/{id}")
    public void deleteKeyOf(
            @PathParam("name") String name, @PathParam("id") String id, @Context SecurityContext context)
            throws SoleraException {
        credentials.deleteKey(change(context, name), id);
    }
}
