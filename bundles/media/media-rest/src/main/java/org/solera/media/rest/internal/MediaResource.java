// SPDX-License-Identifier: Apache-2.0
package org.solera.media.rest.internal;

import java.util.List;
import javax.ws.rs.GET;
import javax.ws.rs.Path;
import javax.ws.rs.Produces;
import javax.ws.rs.core.MediaType;
import org.solera.media.api.MediaOperations;
import org.solera.platform.api.DrainingException;
import org.solera.platform.api.ServiceGate;
import org.solera.platform.api.Workers;

/** Workers, operations and figures of media. Thread-safe. */
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
public final class MediaResource {
    private final Workers workers;
    private final ServiceGate<MediaOperations> media;

    MediaResource(Workers workers, ServiceGate<MediaOperations> media) {
        this.workers = workers;
        this.media = media;
    }

    /** {@return every pool of worker processes} */
    @GET
    @Path("workers")
    public List<WorkerPoolDto> workers() {
        return workers.status().stream().map(WorkerPoolDto::of).toList();
    }

    /** {@return every operation that is known} */
    @GET
    @Path("operations")
    public List<OperationDto> operations() throws DrainingException, InterruptedException {
        try (ServiceGate.Use<MediaOperations> use = media.enter()) {
            return use.service().grammar().stream().map(OperationDto::of).toList();
        }
    }

    /** {@return what was done so far} */
    @GET
    @Path("stats")
    public StatsDto stats() throws DrainingException, InterruptedException {
        try (ServiceGate.Use<MediaOperations> use = media.enter()) {
            return StatsDto.of(use.service().figures());
        }
    }
}
