// SPDX-License-Identifier: Apache-2.0
package org.solera.storage.rest.internal;

import java.security.Principal;
import java.util.List;
import java.util.function.Predicate;
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
import org.solera.platform.api.Scope;
import org.solera.platform.api.ServiceGate;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.access.Action;
import org.solera.platform.api.access.Caller;
import org.solera.platform.api.access.Domain;
import org.solera.platform.api.access.ScopedTo;
import org.solera.storage.api.Bucket;
import org.solera.storage.api.BucketName;
import org.solera.storage.api.ListQuery;
import org.solera.storage.api.ObjectStore;

/** Usage, drives, buckets and listings. Thread-safe. */
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class StorageResource {
    private static final int PAGE = 1000;

    private final ServiceGate<ObjectStore> stores;

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

    /** {@return the buckets that the caller may read, by name} */
    @GET
    @Path("buckets")
    @ScopedTo(Scope.Kind.BUCKET)
    public List<BucketDto> buckets(@Context SecurityContext security) throws SoleraException {
        Predicate<Bucket> readable = security.getUserPrincipal() instanceof Caller caller
                ? bucket -> caller.may(
                        Domain.STORAGE, Action.READ, Scope.bucket(bucket.name().value()))
                : bucket -> false;
        return call(store ->
                store.buckets().stream().filter(readable).map(BucketDto::of).toList());
    }

    /** Creates a bucket. A grant for one bucket is for what is in it: who creates and deletes buckets holds it everywhere. */
    @POST
    @Path("buckets")
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
    @ScopedTo(value = Scope.Kind.BUCKET, param = "bucket")
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

    private <T> T call(ServiceGate.Step<ObjectStore, T, SoleraException> step) throws SoleraException {
        try {
            return stores.call(step);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new DrainingException("The object store");
        }
    }
}
