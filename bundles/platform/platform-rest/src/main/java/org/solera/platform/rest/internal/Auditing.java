// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.rest.internal;

import java.lang.reflect.Method;
import java.util.Map;
import java.util.TreeMap;
import javax.annotation.Priority;
import javax.ws.rs.Priorities;
import javax.ws.rs.container.ContainerRequestContext;
import javax.ws.rs.container.ContainerRequestFilter;
import javax.ws.rs.container.ContainerResponseContext;
import javax.ws.rs.container.ContainerResponseFilter;
import javax.ws.rs.ext.Provider;
import org.jspecify.annotations.Nullable;
import org.solera.platform.api.PlatformError;
import org.solera.platform.api.ServiceGate;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.access.Caller;
import org.solera.platform.api.audit.Audit;
import org.solera.platform.api.audit.AuditEvent;
import org.solera.platform.api.rest.AuditsItself;

/**
 * Records every change before it begins and what came of it, and refuses changes that cannot be recorded. The action is
 * {@code <domain>.<name of the resource method>}; details are the parameters of the path, never a body. Thread-safe.
 */
@Provider
@Priority(Priorities.USER)
public final class Auditing implements ContainerRequestFilter, ContainerResponseFilter {
    private static final String ENTRY = "org.solera.rest.audit";
    private static final int DETAIL = 256;
    private static final int DETAILS = 8;

    private final String domain;
    private final ServiceGate<Audit> audit;

    Auditing(String domain, ServiceGate<Audit> audit) {
        this.domain = domain;
        this.audit = audit;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        Method method = RequestFacts.method(request);
        if (method == null
                || AccessRules.READING.contains(request.getMethod())
                || method.isAnnotationPresent(AuditsItself.class)) {
            return;
        }
        try {
            request.setProperty(ENTRY, begin(event(request, domain, RequestFacts.caller(request), method.getName())));
        } catch (SoleraException unavailable) {
            request.abortWith(ProblemMapper.respond(Problem.of(
                    503,
                    "BUSY",
                    "The change cannot be recorded now, so it was not made. " + unavailable.getMessage(),
                    unavailable.nextAction(),
                    RequestFacts.requestId(request),
                    true)));
        }
    }

    private Audit.Entry begin(AuditEvent event) throws SoleraException {
        try (ServiceGate.Use<Audit> use = audit.enter()) {
            return use.service().begin(event);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new SoleraException(
                    PlatformError.DRAINING, "The request was interrupted.", "Try again in a moment.", interrupted);
        }
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext answer) {
        if (!(request.getProperty(ENTRY) instanceof Audit.Entry entry)) {
            return;
        }
        request.removeProperty(ENTRY);
        try (entry) {
            if (answer.getStatus() < 400) {
                entry.done();
            } else if (answer.getEntity() instanceof Problem problem) {
                entry.failed(problem.code(), problem.detail());
            } else {
                entry.failed("STATUS_" + answer.getStatus(), "");
            }
        }
    }

    /** Records that a request was refused; one that merely asks without a login is not worth a record. */
    void refused(ContainerRequestContext request, String of, @Nullable Caller caller, Problem problem) {
        boolean asked = caller == null
                && request.getHeaderString("Authorization") == null
                && request.getHeaderString("Cookie") == null
                && AccessRules.READING.contains(request.getMethod());
        if (asked || (problem.status() != 401 && problem.status() != 403)) {
            return;
        }
        Method method = RequestFacts.method(request);
        AuditEvent event = event(request, of, caller, method == null ? "unknown" : method.getName());
        audit.peek().ifPresent(service -> service.refused(event, problem.code(), problem.detail()));
    }

    private static AuditEvent event(
            ContainerRequestContext request, String domain, @Nullable Caller caller, String verb) {
        Map<String, String> details = new TreeMap<>();
        request.getUriInfo().getPathParameters().forEach((name, values) -> {
            if (details.size() < DETAILS && !values.isEmpty()) {
                details.put(name, shortened(values.get(0)));
            }
        });
        return new AuditEvent(
                caller == null ? "-" : caller.getName(),
                domain + "." + verb,
                RequestFacts.target(request, domain),
                RequestFacts.origin(request),
                "rest",
                details);
    }

    private static String shortened(String text) {
        return text.length() > DETAIL ? text.substring(0, DETAIL) : text;
    }
}
