// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.users.rest.internal;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.annotation.security.PermitAll;
import javax.ws.rs.Consumes;
import javax.ws.rs.CookieParam;
import javax.ws.rs.DELETE;
import javax.ws.rs.GET;
import javax.ws.rs.HeaderParam;
import javax.ws.rs.POST;
import javax.ws.rs.Path;
import javax.ws.rs.Produces;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.MediaType;
import javax.ws.rs.core.Response;
import javax.ws.rs.core.SecurityContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.solera.platform.api.Identity;
import org.solera.platform.api.PlatformError;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.access.AnyIdentity;
import org.solera.platform.api.access.Caller;
import org.solera.platform.api.access.Session;
import org.solera.platform.api.access.Sessions;
import org.solera.platform.api.access.SignIn;
import org.solera.platform.api.access.User;
import org.solera.platform.api.audit.AuditEvent;
import org.solera.platform.api.rest.Answers;
import org.solera.platform.api.rest.AuditsItself;
import org.solera.platform.api.rest.Described;
import org.solera.platform.api.rest.RestError;

/** Signing in and out of the console. Thread-safe. */
@Path("/session")
@Produces(MediaType.APPLICATION_JSON)
@Described("People, what they may do and what they sign in with.")
public final class SessionResource {
    private static final Logger log = LoggerFactory.getLogger(SessionResource.class);
    private static final String SET_COOKIE = "Set-Cookie";
    private static final String COOKIE_RULES = "; Path=/; Secure; HttpOnly; SameSite=Lax";
    private static final int AGENT = 256;

    private final UserServices services;

    SessionResource(UserServices services) {
        this.services = services;
    }

    /** A way to sign in elsewhere. */
    record ProviderDto(String id, String title, String startPath) {}

    /** Who is signed in; {@code csrf}, {@code since}, {@code until} and {@code sessionId} for sessions only. */
    record SessionDto(
            boolean signedIn,
            @Nullable String name,
            @Nullable String displayName,
            @Nullable String source,
            @Nullable List<String> grants,
            @Nullable Map<String, String> permissions,
            @Nullable String csrf,
            @Nullable Instant since,
            @Nullable Instant until,
            boolean mustChangePassword,
            boolean secondFactor,
            @Nullable String sessionId,
            List<ProviderDto> providers) {}

    /** An attempt to sign in; {@code code} once it is asked for. */
    record SignInDto(String name, String password, @Nullable String code) {
        @Override
        public String toString() {
            return "SignInDto[" + name + "]";
        }
    }

    @GET
    @PermitAll
    @Described("Who is signed in, or how to sign in.")
    public SessionDto session(@Context SecurityContext context) throws SoleraException {
        if (!(context.getUserPrincipal() instanceof Caller caller)) {
            return nobody();
        }
        if (caller.means() != Caller.Means.SESSION) {
            return of(caller.identity(), null);
        }
        Session session = services.sessions(all -> all.of(caller.getName()).stream()
                        .filter(each -> each.id().equals(caller.credential()))
                        .findFirst())
                .orElse(null);
        return session == null ? nobody() : of(session.identity(), session);
    }

    private SessionDto nobody() {
        List<ProviderDto> providers = services.providers().stream()
                .map(each -> new ProviderDto(each.id(), each.title(), each.startPath()))
                .toList();
        return new SessionDto(false, null, null, null, null, null, null, null, null, false, false, null, providers);
    }

    private SessionDto of(Identity identity, @Nullable Session session) throws SoleraException {
        User user = services.users(users -> users.user(identity.name())).orElse(null);
        return new SessionDto(
                true,
                identity.name(),
                user == null ? "" : user.displayName(),
                user == null ? User.LOCAL : user.source(),
                Grants.texts(identity.grants()),
                Grants.permissions(identity),
                session == null ? null : session.csrf(),
                session == null ? null : session.since(),
                session == null ? null : session.until(),
                session != null && session.mustChangePassword(),
                user != null && user.secondFactor(),
                session == null ? null : session.id(),
                List.of());
    }

    @POST
    @PermitAll
    @AuditsItself
    @Consumes(MediaType.APPLICATION_JSON)
    @Answers(SessionDto.class)
    @Described("Signs in with a name, a password and, when it is asked for, a code.")
    public Response signIn(
            SignInDto wish,
            @HeaderParam("User-Agent") @Nullable String agent,
            @HeaderParam("X-Forwarded-For") @Nullable String origin,
            @CookieParam(Session.COOKIE) @Nullable String before)
            throws SoleraException {
        char[] password = wish.password().toCharArray();
        String from = Objects.requireNonNullElse(origin, "rest");
        Sessions.Outcome outcome;
        try {
            SignIn attempt = new SignIn(
                    wish.name(),
                    password,
                    Objects.requireNonNullElse(wish.code(), ""),
                    from,
                    shortened(Objects.requireNonNullElse(agent, "")));
            outcome = services.sessions(sessions -> sessions.signIn(attempt));
        } catch (SoleraException refused) {
            record(wish.name(), from, refused);
            throw refused;
        } finally {
            Arrays.fill(password, ' ');
        }
        if (outcome instanceof Sessions.Outcome.SignedIn in) {
            endOther(before, in.secret());
            record(in.session().identity().name(), from, null);
            return Response.ok(of(in.session().identity(), in.session()))
                    .header(SET_COOKIE, Session.COOKIE + "=" + in.secret() + COOKIE_RULES)
                    .build();
        }
        if (outcome instanceof Sessions.Outcome.SecondFactorNeeded) {
            throw new SoleraException(
                    RestError.SECOND_FACTOR_NEEDED,
                    "The code of the second factor is needed.",
                    "Send it as 'code'.",
                    null);
        }
        SoleraException refused = new SoleraException(
                PlatformError.UNAUTHENTICATED, "Name, password or code are wrong.", "Type them again.", null);
        record(wish.name(), from, refused);
        throw refused;
    }

    /** The session that this browser had before is over: nobody who knows its cookie shares the new one. */
    private void endOther(@Nullable String before, String secret) throws SoleraException {
        if (before != null && !before.isEmpty() && !before.equals(secret)) {
            services.sessions(sessions -> {
                sessions.end(before);
                return before;
            });
        }
    }

    /** A sign-in that cannot be recorded is not refused: somebody has to free the disk of the audit. */
    private void record(String name, String origin, @Nullable SoleraException refused) {
        AuditEvent event =
                new AuditEvent(shortened(name), "users.signIn", "/api/v1/users/session", origin, "rest", Map.of());
        services.audit().ifPresent(audit -> {
            if (refused != null) {
                audit.refused(event, refused.code().name(), String.valueOf(refused.getMessage()));
                return;
            }
            try {
                audit.note(event);
            } catch (SoleraException full) {
                log.warn("The sign-in of {} could not be recorded.", event.who(), full);
            }
        });
    }

    private static String shortened(String text) {
        return text.length() > AGENT ? text.substring(0, AGENT) : text;
    }

    @DELETE
    @AnyIdentity
    @Described("Signs out.")
    public Response signOut(@Context SecurityContext context) throws SoleraException {
        Caller caller = Callers.of(context);
        if (caller.means() == Caller.Means.SESSION) {
            // The session that asks, whatever other cookies of this name were slipped in.
            boolean unused = services.sessions(sessions -> sessions.end(caller.getName(), caller.credential()));
        }
        return Response.noContent()
                .header(SET_COOKIE, Session.COOKIE + "=; Max-Age=0" + COOKIE_RULES)
                .build();
    }
}
