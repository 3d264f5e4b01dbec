// SPDX-License-Identifier: Apache-2.0
package org.solera.upgrade.rest.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javax.ws.rs.Consumes;
import javax.ws.rs.DefaultValue;
import javax.ws.rs.GET;
import javax.ws.rs.POST;
import javax.ws.rs.PathParam;
import javax.ws.rs.Produces;
import javax.ws.rs.QueryParam;
import javax.ws.rs.core.MediaType;
import javax.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.solera.platform.api.PlatformError;
import org.solera.platform.api.SoleraException;
import org.solera.upgrade.api.SwapRecord;
import org.solera.upgrade.api.SwapService;

/** Plans swaps of bundles, executes them and tells what became of them. Thread-safe. */
@javax.ws.rs.Path("swaps")
@Produces(MediaType.APPLICATION_JSON)
public final class SwapsResource {
    private static final Logger log = LoggerFactory.getLogger(SwapsResource.class);
    private static final long LIMIT_BYTES = 256L << 20;
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(100);

    /** A request that waits for its own bundle to be replaced would be what the swap waits for. */
    private static final Set<String> CARRIERS = Set.of("org.solera.upgrade.rest", "org.solera.platform.rest");

    private final SwapService swaps;
    private final Path uploads;
    private final long limitBytes;

    /** @param uploads folder for files on their way in */
    SwapsResource(SwapService swaps, Path uploads) {
        this(swaps, uploads, LIMIT_BYTES);
    }

    SwapsResource(SwapService swaps, Path uploads, long limitBytes) {
        this.swaps = swaps;
        this.uploads = uploads;
        this.limitBytes = limitBytes;
    }

    /** {@return past swaps, newest first} */
    @GET
    public List<SwapDto> list() {
        return swaps.history().stream().map(SwapDto::of).toList();
    }

    /** {@return one swap} */
    @GET
    @javax.ws.rs.Path("{id}")
    public SwapDto get(@PathParam("id") long id) throws SoleraException {
        return SwapDto.of(find(id));
    }

    private SwapRecord find(long id) throws SoleraException {
        return swaps.find(id)
                .orElseThrow(() -> new SoleraException(
                        PlatformError.NOT_FOUND,
                        "There is no swap %d.".formatted(id),
                        "Look at the list of swaps.",
                        null));
    }

    /** Takes a bundle as the body of the request, at most 256 MiB, and says what its swap would do. */
    @POST
    @Consumes({MediaType.APPLICATION_OCTET_STREAM, "application/java-archive"})
    public Response plan(InputStream body) throws SoleraException {
        Path file = null;
        try {
            file = Files.createTempFile(uploads, "swap-", ".jar");
            save(body, file);
            return Response.status(Response.Status.CREATED)
                    .entity(SwapPlanDto.of(swaps.plan(file)))
                    .build();
        } catch (IOException broken) {
            throw new SoleraException(
                    PlatformError.INVALID_REQUEST,
                    "The bundle did not arrive whole.",
                    "Check the connection and the free space in the data folder, then send it again.",
                    broken);
        } finally {
            discard(file);
        }
    }

    private void save(InputStream body, Path file) throws IOException, SoleraException {
        byte[] buffer = new byte[1 << 16];
        long total = 0;
        try (OutputStream out = Files.newOutputStream(file)) {
            for (int read = body.read(buffer); read >= 0; read = body.read(buffer)) {
                total += read;
                if (total > limitBytes) {
                    throw new SoleraException(
                            PlatformError.INVALID_REQUEST,
                            "The bundle is larger than %d MiB.".formatted(limitBytes >> 20),
                            "Give the file of a bundle of this product.",
                            null);
                }
                out.write(buffer, 0, read);
            }
        }
    }

    private static void discard(@Nullable Path file) {
        try {
            if (file != null) {
                Files.deleteIfExists(file);
            }
        } catch (IOException kept) {
            log.warn("The uploaded file {} could not be deleted; it takes space and nothing else.", file, kept);
        }
    }

    /**
     * Executes a plan.
     *
     * @param wait whether to answer when the swap has ended, at most 100 s later
     * @return 200 with the swap that has ended, or 202 with the swap that goes on
     */
    @POST
    @javax.ws.rs.Path("{planHash}/execute")
    public Response execute(
            @PathParam("planHash") String planHash, @QueryParam("wait") @DefaultValue("true") boolean wait)
            throws SoleraException, InterruptedException {
        SwapRecord swap = swaps.begin(planHash);
        if (wait && !CARRIERS.contains(swap.bundle())) {
            long end = System.nanoTime() + LONGEST_WAIT.toNanos();
            while (!swap.phase().terminal() && System.nanoTime() < end) {
                TimeUnit.MILLISECONDS.sleep(100);
                swap = find(swap.id());
            }
        }
        return Response.status(swap.phase().terminal() ? Response.Status.OK : Response.Status.ACCEPTED)
                .entity(SwapDto.of(swap))
                .build();
    }
}
