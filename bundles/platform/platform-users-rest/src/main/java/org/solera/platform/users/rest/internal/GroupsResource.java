// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.users.rest.internal;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import javax.ws.rs.Consumes;
import javax.ws.rs.DELETE;
import javax.ws.rs.DefaultValue;
import javax.ws.rs.GET;
import javax.ws.rs.HeaderParam;
import javax.ws.rs.POST;
import javax.ws.rs.PUT;
import javax.ws.rs.Path;
import javax.ws.rs.PathParam;
import javax.ws.rs.Produces;
import javax.ws.rs.QueryParam;
import javax.ws.rs.core.HttpHeaders;
import javax.ws.rs.core.MediaType;
import javax.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.access.Group;
import org.solera.platform.api.access.Users;
import org.solera.platform.api.rest.Answers;
import org.solera.platform.api.rest.Conditional;
import org.solera.platform.api.rest.Described;
import org.solera.platform.api.rest.EditVersion;
import org.solera.platform.api.rest.Page;

/** Groups of people who share grants. Thread-safe. */
@Path("/groups")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class GroupsResource {
    private final UserServices services;

    GroupsResource(UserServices services) {
        this.services = services;
    }

    /** A group; {@code members} is how many. */
    record GroupDto(
            String name, String description, List<String> grants, List<String> external, long members, long version) {
        static GroupDto of(Group group, Users users) {
            return new GroupDto(
                    group.name(),
                    group.description(),
                    Grants.texts(group.grants()),
                    group.external().stream().sorted().toList(),
                    users.users().stream()
                            .filter(user -> user.groups().contains(group.name()))
                            .count(),
                    group.version());
        }
    }

    /** A group to add. */
    record NewGroupDto(
            String name,
            @Nullable String description,
            @Nullable List<String> grants,
            @Nullable List<String> external) {}

    /** What is changed of a group. */
    record GroupEditDto(String description, List<String> grants, List<String> external) {}

    @GET
    @Described("Groups, by name.")
    public Page<GroupDto> groups(
            @QueryParam("limit") @DefaultValue(Page.USUAL) int limit, @QueryParam("cursor") @Nullable String cursor)
            throws SoleraException {
        return services.users(users -> {
            List<Group> all = users.groups().stream()
                    .sorted(Comparator.comparing(Group::name))
                    .toList();
            return Page.of(all, Group::name, limit, cursor).map(each -> GroupDto.of(each, users));
        });
    }

    @POST
    @Answers(value = GroupDto.class, status = 201)
    public Response createGroup(NewGroupDto wish) throws SoleraException {
        Group group = new Group(
                wish.name(),
                Objects.requireNonNullElse(wish.description(), ""),
                Grants.parse(wish.grants()),
                names(wish.external()),
                0);
        Group created = services.users(users -> users.createGroup(group));
        return answer(Response.status(201), created)
                .header(
                        HttpHeaders.LOCATION,
                        "/api/v1/users/groups/" + URLEncoder.encode(created.name(), StandardCharsets.UTF_8))
                .build();
    }

    private static Set<String> names(@Nullable List<String> names) {
        return names == null ? Set.of() : new HashSet<>(names);
    }

    private Response.ResponseBuilder answer(Response.ResponseBuilder builder, Group group) throws SoleraException {
        return builder.entity(services.users(users -> GroupDto.of(group, users)))
                .header(HttpHeaders.ETAG, EditVersion.etag(group.version()));
    }

    private Group require(String name) throws SoleraException {
        return services.users(users -> users.groups().stream()
                        .filter(each -> each.name().equals(name))
                        .findFirst())
                .orElseThrow(() -> Callers.notFound("group", name));
    }

    @GET
    @Path("{name}")
    @Answers(GroupDto.class)
    public Response group(@PathParam("name") String name) throws SoleraException {
        return answer(Response.ok(), require(name)).build();
    }

    @PUT
    @Path("{name}")
    @Conditional
    @Answers(GroupDto.class)
    public Response updateGroup(
            @PathParam("name") String name, @HeaderParam("If-Match") @Nullable String ifMatch, GroupEditDto wish)
            throws SoleraException {
        Group current = require(name);
        EditVersion.require(ifMatch, current.version());
        Group edited = new Group(
                current.name(),
                wish.description(),
                Grants.parse(wish.grants()),
                names(wish.external()),
                current.version());
        return answer(Response.ok(), services.users(users -> users.updateGroup(edited)))
                .build();
    }

    @DELETE
    @Path("{name}")
    @Conditional
    public void deleteGroup(@PathParam("name") String name, @HeaderParam("If-Match") @Nullable String ifMatch)
            throws SoleraException {
        Group current = require(name);
        EditVersion.require(ifMatch, current.version());
        services.users(users -> {
            users.deleteGroup(name, current.version());
            return name;
        });
    }
}
