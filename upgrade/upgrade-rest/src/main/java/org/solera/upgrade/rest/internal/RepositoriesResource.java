// SPDX-License-Identifier: Apache-2.0
package org.solera.upgrade.rest.internal;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.ws.rs.Consumes;
import javax.ws.rs.DELETE;
import javax.ws.rs.GET;
import javax.ws.rs.POST;
import javax.ws.rs.Produces;
import javax.ws.rs.QueryParam;
import javax.ws.rs.core.MediaType;
import javax.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;
import org.solera.platform.api.PlatformError;
import org.solera.platform.api.SoleraException;
import org.solera.upgrade.api.FeatureLedger;

/** Makes the features of a repository known, so that they can be judged and installed. */
@javax.ws.rs.Path("repositories")
@Produces(MediaType.APPLICATION_JSON)
public final class RepositoriesResource {
    private final FeatureLedger ledger;
    private final Path data;

    /** @param data the data folder; a repository that vanished with another folder would be missed at the next boot */
    RepositoriesResource(FeatureLedger ledger, Path data) {
        this.ledger = ledger;
        this.data = data;
    }

    /**
     * A feature repository.
     *
     * @param address {@code mvn:} of what the box holds, or {@code file:} below the data folder
     */
    record RepositoryDto(@Nullable String address) {}

    /** {@return the repositories of the record, in its order} */
    @GET
    public List<RepositoryDto> list() {
        return ledger.repositories().stream().map(RepositoryDto::new).toList();
    }

    /** Takes a repository from the record; its file stays where it is. */
    @DELETE
    public Response remove(@QueryParam("address") @Nullable String address) throws SoleraException {
        if (address == null || address.isBlank()) {
            throw new SoleraException(
                    PlatformError.INVALID_REQUEST,
                    "The address of the repository is missing.",
                    "Name it as ?address=, percent-encoded, as the list of repositories shows it.",
                    null);
        }
        ledger.removeRepository(address);
        return Response.noContent().build();
    }

    /** Adds a repository to the record; {@return it} */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Response add(@Nullable RepositoryDto repository) throws SoleraException {
        String address = repository == null ? null : repository.address();
        if (address == null || !(address.startsWith("mvn:") || isOurs(address))) {
            throw new SoleraException(
                    PlatformError.INVALID_REQUEST,
                    "A repository is known by the address of its file below the data folder of the appliance,"
                            + " or by mvn: coordinates.",
                    "Copy the file there and send {\"address\":\"file:...\"}.",
                    null);
        }
        ledger.addRepository(address);
        return Response.status(Response.Status.CREATED)
                .entity(new RepositoryDto(address))
                .build();
    }

    private boolean isOurs(String address) {
        if (!address.startsWith("file:/")) {
            return false;
        }
        try {
            Path file = Path.of(URI.create(address)).normalize();
            return file.startsWith(data) && Files.isRegularFile(file);
        } catch (IllegalArgumentException malformed) {
            return false;
        }
    }
}
