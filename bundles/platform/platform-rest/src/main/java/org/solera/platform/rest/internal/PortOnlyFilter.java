// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.rest.internal;

import java.util.Objects;
import javax.annotation.Priority;
import javax.ws.rs.container.ContainerRequestContext;
import javax.ws.rs.container.ContainerRequestFilter;
import javax.ws.rs.container.PreMatching;
import javax.ws.rs.core.Response;
import javax.ws.rs.ext.Provider;

/** Refuses what did not come through the console port, and answers the port's question whether the application serves. */
@Provider
@PreMatching
@Priority(0)
public final class PortOnlyFilter implements ContainerRequestFilter {
    private final Forwarding forwarding;

    PortOnlyFilter(Forwarding forwarding) {
        this.forwarding = forwarding;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        if (!forwarding.proves(Objects.toString(request.getHeaderString(Forwarding.SECRET), ""))) {
            request.abortWith(ProblemMapper.respond(Problem.of(
                    403, "FORBIDDEN", "This port is for the appliance itself.", "Use the console port.", "", false)));
        } else if (request.getUriInfo().getPath().endsWith(Forwarding.PROBE)) {
            request.abortWith(Response.noContent().build());
        }
    }
}
