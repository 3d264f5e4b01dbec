// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.users.rest.internal;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
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
import javax.ws.rs.core.Context;
import javax.ws.rs.core.HttpHeaders;
import javax.ws.rs.core.MediaType;
import javax.ws.rs.core.Response;
import javax.ws.rs.core.SecurityContext;
import org.jspecify.annotations.Nullable;
import org.solera.platform.api.PlatformError;
import org.solera.platform.api.Role;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.access.User;
import org.solera.platform.api.access.Users;
import org.solera.platform.api.rest.Answers;
import org.solera.platform.api.rest.Conditional;
import org.solera.platform.api.rest.Described;
import org.solera.platform.api.rest.EditVersion;
import org.solera.platform.api.rest.Page;

/** The people of the appliance, for administrators. Thread-safe. */
@Path("/people")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class PeopleResource {
    private final UserServices services;

    PeopleResource(UserServices services) {
        this.services = services;
    }

    /** A person. */
    record UserDto(
            String name,
            String displayName,
            String email,
            String source,
            boolean enabled,
            List<String> groups,
            List<String> grants,
            boolean secondFactor,
            boolean mustChangePassword,
            Instant createdAt,
            @Nullable Instant lastSignInAt,
            long version) {
        static UserDto of(User user) {
            return new UserDto(
                    user.name(),
                    user.displayName(),
                    user.email(),
                    user.source(),
                    user.enabled(),
                    user.groups().stream().sorted().toList(),
                    Grants.texts(user.grants()),
                    user.secondFactor(),
                    user.mustChangePassword(),
                    user.createdAt(),
                    user.lastSignInAt(),
                    user.version());
        }
    }

    /** A person to add. */
    record NewUserDto(
            String name,
            @Nullable String displayName,
            @Nullable String email,
            @Nullable List<String> groups,
            @Nullable List<String> grants,
            String password) {
        @Override
        public String toString() {
            return "NewUserDto[" + name + "]";
        }
    }

    /** What an administrator changes of a person. */
    record UserEditDto(String displayName, String email, boolean enabled, List<String> groups, List<String> grants) {}

    /** A password that somebody else sets. */
    record SetPasswordDto(String password, boolean mustChange) {
        @Override
        public String toString() {
            return "SetPasswordDto[]";
        }
    }

    @GET
    @Described("People, by name; 'text' is looked for in names and addresses, 'role' counts with that of groups.")
    public Page<UserDto> people(
            @QueryParam("text") @Nullable String text,
            @QueryParam("group") @Nullable String group,
            @QueryParam("role") @Nullable String role,
            @QueryParam("limit") @DefaultValue(Page.USUAL) int limit,
            @QueryParam("cursor") @Nullable String cursor)
            throws SoleraException {
        Role wanted = role(role);
        return services.users(users -> {
            List<User> found = new ArrayList<>();
            for (User each : users.users()) {
                if (fits(each, text, group) && (wanted == null || holds(users, each, wanted))) {
                    found.add(each);
                }
            }
            found.sort(Comparator.comparing(User::name));
            return Page.of(found, User::name, limit, cursor).map(UserDto::of);
        });
    }

    private static @Nullable Role role(@Nullable String name) throws SoleraException {
        if (name == null || name.isEmpty()) {
            return null;
        }
        return Arrays.stream(Role.values())
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new SoleraException(
                        PlatformError.INVALID_REQUEST,
                        "There is no such role.",
                        "Choose one of %s.".formatted(Arrays.toString(Role.values())),
                        null));
    }

    private static boolean fits(User user, @Nullable String text, @Nullable String group) {
        if (group != null && !group.isEmpty() && !user.groups().contains(group)) {
            return false;
        }
        if (text == null || text.isBlank()) {
            return true;
        }
        String wanted = text.strip().toLowerCase(Locale.ROOT);
        return List.of(user.name(), user.displayName(), user.email()).stream()
                .anyMatch(each -> each.toLowerCase(Locale.ROOT).contains(wanted));
    }

    private static boolean holds(Users users, User user, Role role) {
        return user.grants().stream().anyMatch(grant -> grant.role() == role)
                || users.effectiveGrants(user.name()).stream().anyMatch(grant -> grant.role() == role);
    }

    @POST
    @Answers(value = UserDto.class, status = 201)
    @Described("Adds a person, who has to change the password at the first sign-in.")
    public Response createPerson(NewUserDto wish) throws SoleraException {
        User user = new User(
                wish.name(),
                Objects.requireNonNullElse(wish.displayName(), ""),
                Objects.requireNonNullElse(wish.email(), ""),
                User.LOCAL,
                true,
                names(wish.groups()),
                Grants.parse(wish.grants()),
                false,
                true,
                Instant.EPOCH,
                null,
                0);
        char[] password = wish.password().toCharArray();
        try {
            User created = services.users(users -> users.create(user, password));
            return answer(Response.status(201), created)
                    .header(
                            HttpHeaders.LOCATION,
                            "/api/v1/users/people/" + URLEncoder.encode(created.name(), StandardCharsets.UTF_8))
                    .build();
        } finally {
            Arrays.fill(password, ' ');
        }
    }

    private static Set<String> names(@Nullable List<String> names) {
        return names == null ? Set.of() : new HashSet<>(names);
    }

    private static Response.ResponseBuilder answer(Response.ResponseBuilder builder, User user) {
        return builder.entity(UserDto.of(user)).header(HttpHeaders.ETAG, EditVersion.etag(user.version()));
    }

    private User require(String name) throws SoleraException {
        return services.users(users -> users.user(name)).orElseThrow(() -> Callers.notFound("user", name));
    }

    @GET
    @Path("{name}")
    @Answers(UserDto.class)
    public Response person(@PathParam("name") String name) throws SoleraException {
        return answer(Response.ok(), require(name)).build();
    }

    @PUT
    @Path("{name}")
    @Conditional
    @Answers(UserDto.class)
    public Response updatePerson(
            @PathParam("name") String name, @HeaderParam("If-Match") @Nullable String ifMatch, UserEditDto wish)
            throws SoleraException {
        User current = require(name);
        EditVersion.require(ifMatch, current.version());
        User edited = new User(
                current.name(),
                wish.displayName(),
                wish.email(),
                current.source(),
                wish.enabled(),
                names(wish.groups()),
                Grants.parse(wish.grants()),
                current.secondFactor(),
                current.mustChangePassword(),
                current.createdAt(),
                current.lastSignInAt(),
                current.version());
        return answer(Response.ok(), services.users(users -> users.update(edited)))
                .build();
    }

    @DELETE
    @Path("{name}")
    @Conditional
    @Described("Deletes a person with its sessions, tokens and access keys.")
    public void deletePerson(
            @PathParam("name") String name,
            @HeaderParam("If-Match") @Nullable String ifMatch,
            @Context SecurityContext context)
            throws SoleraException {
        User current = require(name);
        EditVersion.require(ifMatch, current.version());
        if (current.name().equals(Callers.of(context).getName())) {
            throw new SoleraException(PlatformError.CONFLICT, "Nobody deletes themselves.", "Ask another owner.", null);
        }
        services.users(users -> {
            users.delete(name, current.version());
            return name;
        });
    }

    @PUT
    @Path("{name}/password")
    @Described("Sets the password of somebody else and ends their sessions.")
    public void setPassword(@PathParam("name") String name, SetPasswordDto wish, @Context SecurityContext context)
            throws SoleraException {
        require(name);
        Callers.refuseOneself(context, name, "PUT /api/v1/users/me/password");
        char[] password = wish.password().toCharArray();
        try {
            services.users(users -> {
                users.setPassword(name, password, wish.mustChange(), "");
                return name;
            });
        } finally {
            Arrays.fill(password, ' ');
        }
    }

    @POST
    @Path("{name}/second-factor/remove")
    @Described("Takes the second factor of a person away who lost it.")
    public void removeSecondFactorOf(@PathParam("name") String name, @Context SecurityContext context)
            throws SoleraException {
        require(name);
        Callers.refuseOneself(context, name, "POST /api/v1/users/me/second-factor/remove");
        services.users(users -> {
            users.removeSecondFactor(name);
            return name;
        });
    }
}
