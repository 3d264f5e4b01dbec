// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.rest.internal;

import java.lang.reflect.Method;
import java.util.Objects;
import javax.ws.rs.container.ContainerRequestContext;
import org.jspecify.annotations.Nullable;
import org.solera.platform.api.access.Caller;

/** What the filters of one request tell each other, and how they read it. */
final class RequestFacts {
    private static final String METHOD = "org.solera.rest.method";
    private static final int TARGET = 1_024;

    private RequestFacts() {}

    static void method(ContainerRequestContext request, Method method) {
        request.setProperty(METHOD, method);
    }

    /** {@return the resource method that was chosen; null when the request was refused before} */
    static @Nullable Method method(ContainerRequestContext request) {
        return request.getProperty(METHOD) instanceof Method method ? method : null;
    }

    static @Nullable Method method(@Nullable Object property) {
        return property instanceof Method method ? method : null;
    }

    /** {@return name of the property that holds the resource method} */
    static String methodProperty() {
        return METHOD;
    }

    static @Nullable Caller caller(ContainerRequestContext request) {
        return request.getSecurityContext() != null
                        && request.getSecurityContext().getUserPrincipal() instanceof Caller caller
                ? caller
                : null;
    }

    static String requestId(ContainerRequestContext request) {
        return Objects.toString(request.getHeaderString(ProblemMapper.REQUEST_ID), "");
    }

    static String origin(ContainerRequestContext request) {
        return Objects.toString(request.getHeaderString(Forwarding.CLIENT), "rest");
    }

    /** {@return the address as clients of the console port know it, without its query, at most 1,024 characters} */
    static String target(ContainerRequestContext request, String domain) {
        String path = request.getUriInfo().getPath(false);
        String target = "/api/v1/" + domain + (path.startsWith("/") ? path : "/" + path);
        return target.length() > TARGET ? target.substring(0, TARGET) : target;
    }
}
