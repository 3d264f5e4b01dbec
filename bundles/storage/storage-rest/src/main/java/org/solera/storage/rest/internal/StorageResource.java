// SPDX-License-Identifier: Apache-2.0
package org.solera.storage.rest.internal;

import java.security.Principal;
import java.util.List;
import javax.annotation.security.RolesAllowed;
import javax.ws.rs.Consumes;
import javax.ws.rs.DELETE;
import javax.ws.rs.DefaultValue;
import javax.ws.rs.GET;
import javax.ws.rs.POST;
import javax.ws.rs.Path;
import javax.ws.rs.PathParam;
import javax.ws.rs.Produces;
import javax.ws.rs.QueryParam;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.MediaType;
import javax.ws.rs.core.Response;
import javax.ws.rs.core.SecurityContext;
import org.jspecify.annotations.Nullable;
import org.solera.platform.api.DrainingException;
import org.solera.platform.api.PlatformError;
import org.solera.platform.api.ServiceGate;
import org.solera.platform.api.SoleraException;
import org.solera.storage.api.BucketName;
import org.solera.storage.api.ListQuery;
import org.solera.storage.api.ObjectStore;

/** Usage, drives, buckets and listings. Thread-safe. */
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class StorageResource {
    private static final int ATTEMPTS = 3;
    private static final int PAGE = 1000;

    private final ServiceGate<ObjectStore> stores;

    @FunctionalInterface
    private interface Step<T> {
        T run(ObjectStore store) throws SoleraException;
    }

    StorageResource(ServiceGate<ObjectStore> stores) {
        this.stores = stores;
    }

    /** {@return how full the store is} */
    @GET
    @Path("usage")
    public UsageDto usage() throws SoleraException {
        return call(store -> UsageDto.of(store.usage()));
    }

    /** {@return the drives} */
    @GET
    @Path("drives")
    public List<DriveDto> drives() throws SoleraException {
        return call(store -> store.usage().drives().stream().map(DriveDto::of).toList());
    }

    /** {@return the buckets, by name} */
    @GET
    @Path("buckets")
    public List<BucketDto> buckets() throws SoleraException {
        return call(store -> store.buckets().stream().map(BucketDto::of).toList());
    }

    /** Creates a bucket. */
    @POST
    @Path("buckets")
    @RolesAllowed({"OWNER", "OPERATOR"})
    public Response create(@Nullable NewBucketDto bucket, @Context SecurityContext security) throws SoleraException {
        BucketName name = BucketName.parse(bucket == null || bucket.name() == null ? "" : bucket.name());
        Principal principal = security.getUserPrincipal();
        String owner = principal == null ? "console" : principal.getName();
        BucketDto created = call(store -> BucketDto.of(store.createBucket(name, owner)));
        return Response.status(Response.Status.CREATED).entity(created).build();
    }

    /** Deletes an empty bucket. */
    @DELETE
    @Path("buckets/{bucket}")
    @RolesAllowed({"OWNER", "OPERATOR"})
    public Response delete(@PathParam("bucket") String bucket) throws SoleraException {
        BucketName name = BucketName.parse(bucket);
        return call(store -> {
            store.deleteBucket(name);
            return Response.noContent().build();
        });
    }

    /** {@return a page of objects} */
    @GET
    @Path("buckets/{bucket}/objects")
    public ListingDto objects(
            @PathParam("bucket") String bucket,
            @QueryParam("prefix") @DefaultValue("") String prefix,
            @QueryParam("delimiter") @DefaultValue("") String delimiter,
            @QueryParam("startAfter") @DefaultValue("") String startAfter,
            @QueryParam("limit") @DefaultValue("100") int limit)
            throws SoleraException {
        BucketName name = BucketName.parse(bucket);
        if (limit < 1 || limit > PAGE) {
            throw new SoleraException(
                    PlatformError.INVALID_REQUEST,
                    "The limit must be between 1 and 1,000.",
                    "Use another limit.",
                    null);
        }
        ListQuery query = new ListQuery(prefix, delimiter, startAfter, limit);
        return call(store -> ListingDto.of(store.list(name, query)));
    }

    private <T> T call(Step<T> step) throws SoleraException {
        DrainingException last = new DrainingException("The object store");
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            try (ServiceGate.Use<ObjectStore> use = stores.enter()) {
                return step.run(use.service());
            } catch (DrainingException draining) {
                last = draining;
            } catch (InterruptedException stopping) {
                Thread.currentThread().interrupt();
                throw last;
            }
        }
        throw last;
    }
}
