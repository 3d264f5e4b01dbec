// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.rest.internal;

import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.util.Arrays;
import java.util.Base64;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import javax.ws.rs.container.ContainerRequestContext;
import javax.ws.rs.container.ContainerRequestFilter;
import javax.ws.rs.container.ResourceInfo;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.HttpHeaders;
import javax.ws.rs.core.SecurityContext;
import javax.ws.rs.ext.Provider;
import org.jspecify.annotations.Nullable;
import org.solera.platform.api.Authenticator;
import org.solera.platform.api.Identity;
import org.solera.platform.api.PlatformError;
import org.solera.platform.api.Role;
import org.solera.platform.api.ServiceGate;
import org.solera.platform.api.SoleraException;

/** Finds out who asks and whether the resource method lets them. */
@Provider
public final class LoginFilter implements ContainerRequestFilter {
    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");
    private static final String BASIC = "basic ";

    private final ServiceGate<Authenticator> authenticators;

    @Context
    private @Nullable ResourceInfo resource;

    LoginFilter(ServiceGate<Authenticator> authenticators) {
        this.authenticators = authenticators;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        String requestId = Objects.toString(request.getHeaderString(ProblemMapper.REQUEST_ID), "");
        try {
            Identity identity = identity(request).orElse(null);
            if (resource == null || resource.getResourceMethod() == null) {
                throw refused("There is no rule for this address.");
            }
            rule(request, resource.getResourceMethod(), resource.getResourceClass(), identity);
            request.setSecurityContext(new Caller(identity));
        } catch (SoleraException refusal) {
            request.abortWith(ProblemMapper.respond(Problem.of(refusal, requestId)));
        }
    }

    private static void rule(ContainerRequestContext request, Method method, Class<?> type, @Nullable Identity identity)
            throws SoleraException {
        // A browser sends a remembered password with whatever any page makes it send.
        if (!READING.contains(request.getMethod())
                && "cross-site".equalsIgnoreCase(request.getHeaderString("Sec-Fetch-Site"))) {
            throw refused("Changes are not taken from other sites.");
        }
        switch (AccessRules.decide(method, type, request.getMethod(), identity)) {
            case LOGIN_NEEDED ->
                throw new SoleraException(
                        PlatformError.UNAUTHENTICATED,
                        "This needs a login.",
                        "Send a name and a password with HTTP Basic authentication.",
                        null);
            case REFUSED -> throw refused("This account may not do this.");
            case ALLOWED -> {}
        }
    }

    private static SoleraException refused(String why) {
        return new SoleraException(PlatformError.FORBIDDEN, why, "Ask the owner of the appliance.", null);
    }

    /** {@return who asks; empty when nobody says} */
    private Optional<Identity> identity(ContainerRequestContext request) throws SoleraException {
        String header = request.getHeaderString(HttpHeaders.AUTHORIZATION);
        if (header == null) {
            return Optional.empty();
        }
        if (!header.regionMatches(true, 0, BASIC, 0, BASIC.length())) {
            throw wrong();
        }
        char[] pair = decode(header.substring(BASIC.length()).trim());
        try {
            int colon = 0;
            while (colon < pair.length && pair[colon] != ':') {
                colon++;
            }
            if (colon == pair.length) {
                throw wrong();
            }
            char[] password = Arrays.copyOfRange(pair, colon + 1, pair.length);
            String origin = Objects.toString(request.getHeaderString(Forwarding.CLIENT), "rest");
            return Optional.of(authenticate(new String(pair, 0, colon), password, origin));
        } finally {
            Arrays.fill(pair, ' ');
        }
    }

    private static char[] decode(String base64) throws SoleraException {
        try {
            CharBuffer text = StandardCharsets.UTF_8.decode(
                    ByteBuffer.wrap(Base64.getDecoder().decode(base64)));
            char[] pair = new char[text.remaining()];
            text.get(pair);
            return pair;
        } catch (IllegalArgumentException damaged) {
            throw new SoleraException(
                    PlatformError.UNAUTHENTICATED, "The login cannot be read.", "Send it in Base64.", damaged);
        }
    }

    private Identity authenticate(String name, char[] password, String origin) throws SoleraException {
        try (ServiceGate.Use<Authenticator> use = authenticators.enter()) {
            return use.service().authenticate(name, password, origin).orElseThrow(LoginFilter::wrong);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new SoleraException(
                    PlatformError.DRAINING, "The login was interrupted.", "Try again in a moment.", interrupted);
        } finally {
            Arrays.fill(password, ' ');
        }
    }

    private static SoleraException wrong() {
        return new SoleraException(
                PlatformError.UNAUTHENTICATED,
                "Name and password do not belong together.",
                "Log in as an account of this appliance.",
                null);
    }

    /** Who asks, as JAX-RS tells it to resources. */
    private record Caller(@Nullable Identity identity) implements SecurityContext {
        @Override
        public @Nullable Principal getUserPrincipal() {
            return identity == null ? null : identity::name;
        }

        @Override
        public boolean isUserInRole(String role) {
            return identity != null
                    && (identity.roles().contains(Role.OWNER)
                            || identity.roles().stream().map(Role::name).anyMatch(role::equals));
        }

        @Override
        public boolean isSecure() {
            return true; // the console port speaks TLS only
        }

        @Override
        public @Nullable String getAuthenticationScheme() {
            return identity == null ? null : BASIC_AUTH;
        }
    }
}
