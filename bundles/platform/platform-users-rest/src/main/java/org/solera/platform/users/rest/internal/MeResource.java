// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.users.rest.internal;

import java.util.Arrays;
import java.util.List;
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
import org.solera.platform.api.PlatformError;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.access.AnyIdentity;
import org.solera.platform.api.access.Caller;
import org.solera.platform.api.access.User;
import org.solera.platform.api.rest.Answers;
import org.solera.platform.api.rest.Described;
import org.solera.platform.api.rest.Page;
import org.solera.platform.users.rest.internal.Credentials.CreatedKeyDto;
import org.solera.platform.users.rest.internal.Credentials.CreatedTokenDto;
import org.solera.platform.users.rest.internal.Credentials.EnabledDto;
import org.solera.platform.users.rest.internal.Credentials.KeyDto;
import org.solera.platform.users.rest.internal.Credentials.NewKeyDto;
import org.solera.platform.users.rest.internal.Credentials.NewTokenDto;
import org.solera.platform.users.rest.internal.Credentials.SessionDto;
import org.solera.platform.users.rest.internal.Credentials.TokenDto;
import org.solera.platform.users.rest.internal.PeopleResource.UserDto;

/** What concerns the caller alone. A token may read it and change nothing of it. Thread-safe. */
@Path("/me")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class MeResource {
    private final UserServices services;
    private final Credentials credentials;

    MeResource(UserServices services, Credentials credentials) {
        this.services = services;
        this.credentials = credentials;
    }

    /** The caller. */
    record MeDto(UserDto user) {}

    /** A new password and the present one. */
    record NewPasswordDto(String oldPassword, String newPassword) {
        @Override
        public String toString() {
            return "NewPasswordDto[]";
        }
    }

    /** The present password. */
    record PasswordDto(String password) {
        @Override
        public String toString() {
            return "PasswordDto[]";
        }
    }

    /** A code of the second factor. */
    record CodeDto(String code) {}

    /** What goes into a QR code. */
    record SecondFactorDto(String uri) {}

    /** Codes that each open once, told here only. */
    record RecoveryDto(List<String> recoveryCodes) {}

    private User user(Caller caller) throws SoleraException {
        return services.users(users -> users.user(caller.getName()))
                .orElseThrow(() -> Callers.notFound("user", caller.getName()));
    }

    @GET
    @AnyIdentity
    @Described("The caller as administrators see it.")
    public MeDto me(@Context SecurityContext context) throws SoleraException {
        return new MeDto(UserDto.of(user(Callers.of(context))));
    }

    @PUT
    @Path("password")
    @AnyIdentity
    @Described("Sets the password of the caller and ends its other sessions.")
    public void changePassword(NewPasswordDto wish, @Context SecurityContext context) throws SoleraException {
        Caller caller = Callers.person(context);
        requireLocal(user(caller));
        Callers.provePassword(services, caller, wish.oldPassword());
        if (wish.newPassword().equals(wish.oldPassword())) {
            throw new SoleraException(
                    PlatformError.INVALID_REQUEST, "This is the present password.", "Choose another one.", null);
        }
        char[] password = wish.newPassword().toCharArray();
        try {
            services.users(users -> {
                users.setPassword(caller.getName(), password, false, caller.credential());
                return caller;
            });
        } finally {
            Arrays.fill(password, ' ');
        }
    }

    private static void requireLocal(User user) throws SoleraException {
        if (!user.source().equals(User.LOCAL)) {
            throw new SoleraException(
                    PlatformError.CONFLICT, "The password is kept in a directory.", "Change it there.", null);
        }
    }

    @POST
    @Path("second-factor")
    @AnyIdentity
    @Described("Begins to set up a second factor; it is in force once a code of it is confirmed.")
    public SecondFactorDto beginSecondFactor(@Context SecurityContext context) throws SoleraException {
        Caller caller = Callers.person(context);
        if (user(caller).secondFactor()) {
            throw new SoleraException(
                    PlatformError.CONFLICT, "There is a second factor already.", "Remove it first.", null);
        }
        return new SecondFactorDto(services.users(users -> users.beginSecondFactor(caller.getName())));
    }

    @PUT
    @Path("second-factor")
    @AnyIdentity
    @Described("Puts the second factor in force.")
    public RecoveryDto confirmSecondFactor(CodeDto wish, @Context SecurityContext context) throws SoleraException {
        Caller caller = Callers.person(context);
        return new RecoveryDto(services.users(users -> users.confirmSecondFactor(caller.getName(), wish.code())));
    }

    @POST
    @Path("second-factor/remove")
    @AnyIdentity
    @Described("Takes the second factor away.")
    public void removeSecondFactor(PasswordDto proof, @Context SecurityContext context) throws SoleraException {
        Caller caller = Callers.person(context);
        Callers.provePassword(services, caller, proof.password());
        services.users(users -> {
            users.removeSecondFactor(caller.getName());
            return caller;
        });
    }

    @GET
    @Path("sessions")
    @AnyIdentity
    public Page<SessionDto> mySessions(@Context SecurityContext context) throws SoleraException {
        Caller caller = Callers.of(context);
        return credentials.sessions(
                caller.getName(), caller.means() == Caller.Means.SESSION ? caller.credential() : "");
    }

    @DELETE
    @Path("sessions/{id}")
    @AnyIdentity
    public void endMySession(@PathParam("id") String id, @Context SecurityContext context) throws SoleraException {
        credentials.endSession(Callers.person(context).getName(), id);
    }

    @GET
    @Path("tokens")
    @AnyIdentity
    public Page<TokenDto> myTokens(@Context SecurityContext context) throws SoleraException {
        return credentials.tokens(Callers.of(context).getName());
    }

    @POST
    @Path("tokens")
    @AnyIdentity
    @Answers(value = CreatedTokenDto.class, status = 201)
    public Response createMyToken(NewTokenDto wish, @Context SecurityContext context) throws SoleraException {
        CreatedTokenDto created =
                credentials.createToken(Callers.person(context).getName(), wish);
        return Response.status(201).entity(created).build();
    }

    @DELETE
    @Path("tokens/{id}")
    @AnyIdentity
    public void revokeMyToken(@PathParam("id") String id, @Context SecurityContext context) throws SoleraException {
        credentials.revokeToken(Callers.person(context).getName(), id);
    }

    @GET
    @Path("keys")
    @AnyIdentity
    public Page<KeyDto> myKeys(@Context SecurityContext context) throws SoleraException {
        return credentials.keys(Callers.of(context).getName());
    }

    @POST
    @Path("keys")
    @AnyIdentity
    @Answers(value = CreatedKeyDto.class, status = 201)
    public Response createMyKey(NewKeyDto wish, @Context SecurityContext context) throws SoleraException {
        CreatedKeyDto created = credentials.createKey(Callers.person(context).getName(), wish);
        return Response.status(201).entity(created).build();
    }

    @PUT
    @Path("keys/{id}")
    @AnyIdentity
    public void enableMyKey(@PathParam("id") String id, EnabledDto wish, @Context SecurityContext context)
            throws SoleraException {
        credentials.enableKey(Callers.person(context).getName(), id, wish.enabled());
    }

    @DELETE
    @Path("keys/{id}")
    @AnyIdentity
    public void deleteMyKey(@PathParam("id") String id, @Context SecurityContext context) throws SoleraException {
        credentials.deleteKey(Callers.person(context).getName(), id);
    }
}
