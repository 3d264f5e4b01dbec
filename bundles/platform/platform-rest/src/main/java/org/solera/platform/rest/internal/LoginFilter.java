// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.rest.internal;

import java.lang.reflect.Method;
import java.security.Principal;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.annotation.Priority;
import javax.ws.rs.Priorities;
import javax.ws.rs.container.ContainerRequestContext;
import javax.ws.rs.container.ContainerRequestFilter;
import javax.ws.rs.container.ResourceInfo;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.SecurityContext;
import javax.ws.rs.ext.Provider;
import org.jspecify.annotations.Nullable;
import org.solera.platform.api.PlatformError;
import org.solera.platform.api.Role;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.access.Caller;
import org.solera.platform.api.rest.RestError;

/** Finds out who asks and whether the resource method lets them. A wrong login is nobody where nobody is needed. */
@Provider
@Priority(Priorities.AUTHENTICATION)
public final class LoginFilter implements ContainerRequestFilter {
    /** What a session may call whose password somebody else set. */
    private static final Map<String, Set<String>> BEFORE_NEW_PASSWORD = Map.of(
            "session", Set.of("GET", "HEAD", "DELETE"),
            "me", Set.of("GET", "HEAD"),
            "me/password", Set.of("PUT"));

    private record Asked(Method method, String verb) {}

    private final String domain;
    private final Callers callers;
    private final Auditing auditing;
    private final Map<Asked, AccessRules> rules = new ConcurrentHashMap<>();

    @Context
    private @Nullable ResourceInfo resource;

    LoginFilter(String domain, Callers callers, Auditing auditing) {
        this.domain = domain;
        this.callers = callers;
        this.auditing = auditing;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        Callers.@Nullable Known known = null;
        try {
            Method method = resource == null ? null : resource.getResourceMethod();
            if (resource == null || method == null) {
                throw refused("There is no rule for this address.");
            }
            RequestFacts.method(request, method);
            AccessRules rule = rule(method, resource.getResourceClass(), request.getMethod());
            checkSite(request);
            known = caller(request, rule);
            Caller caller = known == null ? null : known.caller();
            switch (rule.decide(caller == null ? null : caller.identity(), name -> parameter(request, name))) {
                case LOGIN_NEEDED ->
                    throw new SoleraException(
                            PlatformError.UNAUTHENTICATED,
                            "This needs a login.",
                            "Sign in on the console, or send a token or a name and a password.",
                            null);
                case REFUSED -> throw refused("This account may not do this.");
                case ALLOWED -> {}
            }
            request.setSecurityContext(new SecurityOf(caller));
        } catch (SoleraException refusal) {
            Problem problem = Problem.of(refusal, RequestFacts.requestId(request));
            auditing.refused(request, domain, known == null ? null : known.caller(), problem);
            request.abortWith(ProblemMapper.respond(problem));
        }
    }

    private AccessRules rule(Method method, Class<?> type, String verb) {
        return rules.computeIfAbsent(new Asked(method, verb), asked -> AccessRules.of(method, type, verb, domain));
    }

    private static String parameter(ContainerRequestContext request, String name) {
        return Objects.toString(request.getUriInfo().getPathParameters().getFirst(name), "");
    }

    /** A browser sends a remembered password with whatever any page makes it send. */
    private static void checkSite(ContainerRequestContext request) throws SoleraException {
        String site = request.getHeaderString("Sec-Fetch-Site");
        boolean foreign = "cross-site".equalsIgnoreCase(site) || "same-site".equalsIgnoreCase(site);
        if (foreign && !AccessRules.READING.contains(request.getMethod())) {
            throw refused("Changes are not taken from other sites.");
        }
    }

    private Callers.@Nullable Known caller(ContainerRequestContext request, AccessRules rule) throws SoleraException {
        Callers.Known known;
        try {
            known = callers.find(new HeadOf(request)).orElse(null);
        } catch (SoleraException wrong) {
            if (rule.isPublic()) {
                return null;
            }
            throw wrong;
        }
        if (known == null || !known.mustChangePassword() || beforeNewPassword(request)) {
            return known;
        }
        if (rule.isPublic()) {
            return null;
        }
        throw new SoleraException(
                RestError.PASSWORD_CHANGE_REQUIRED,
                "The password has to be changed first.",
                "Set a new one with PUT /api/v1/users/me/password.",
                null);
    }

    private boolean beforeNewPassword(ContainerRequestContext request) {
        String path = request.getUriInfo().getPath(false);
        String plain = path.startsWith("/") ? path.substring(1) : path;
        return domain.equals("users")
                && BEFORE_NEW_PASSWORD.getOrDefault(plain, Set.of()).contains(request.getMethod());
    }

    private static SoleraException refused(String why) {
        return new SoleraException(PlatformError.FORBIDDEN, why, "Ask the owner of the appliance.", null);
    }

    private record HeadOf(ContainerRequestContext request) implements Callers.Head {
        @Override
        public @Nullable String header(String name) {
            return request.getHeaderString(name);
        }

        @Override
        public String origin() {
            return RequestFacts.origin(request);
        }

        @Override
        public boolean reading() {
            return AccessRules.READING.contains(request.getMethod());
        }
    }

    /** Who asks, as JAX-RS tells it to resources. */
    private record SecurityOf(@Nullable Caller caller) implements SecurityContext {
        @Override
        public @Nullable Principal getUserPrincipal() {
            return caller;
        }

        @Override
        public boolean isUserInRole(String role) {
            return caller != null
                    && (caller.identity().roles().contains(Role.OWNER)
                            || caller.identity().roles().stream()
                                    .map(Role::name)
                                    .anyMatch(role::equals));
        }

        @Override
        public boolean isSecure() {
            return true; // the console port speaks TLS only
        }

        @Override
        public @Nullable String getAuthenticationScheme() {
            return caller == null ? null : caller.means().name();
        }
    }
}
