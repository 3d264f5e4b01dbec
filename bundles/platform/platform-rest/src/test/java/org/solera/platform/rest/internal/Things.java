// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.rest.internal;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import javax.annotation.security.PermitAll;
import javax.ws.rs.DefaultValue;
import javax.ws.rs.GET;
import javax.ws.rs.HeaderParam;
import javax.ws.rs.POST;
import javax.ws.rs.PUT;
import javax.ws.rs.PathParam;
import javax.ws.rs.Produces;
import javax.ws.rs.QueryParam;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.Response;
import javax.ws.rs.core.SecurityContext;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;
import org.solera.platform.api.PlatformError;
import org.solera.platform.api.Scope;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.access.AnyIdentity;
import org.solera.platform.api.access.ScopedTo;
import org.solera.platform.api.rest.AuditsItself;
import org.solera.platform.api.rest.Conditional;
import org.solera.platform.api.rest.EditVersion;
import org.solera.platform.api.rest.Page;

/** Resources of storage, so that the table of storage rules. */
@javax.ws.rs.Path("/things")
@Produces("application/json")
public final class Things {
    final AtomicInteger made = new AtomicInteger();

    @NullMarked
    record Inner(String name, int count) {}

    @NullMarked
    record Wish(
            String what,
            @Nullable String why,
            List<Inner> inner,
            @Nullable Map<String, Inner> more) {}

    record Done(String what, String who) {}

    @GET
    public Page<String> list(
            @QueryParam("limit") @DefaultValue(Page.USUAL) int limit, @QueryParam("cursor") String cursor)
            throws SoleraException {
        return Page.of(List.of("a", "b", "c", "d"), each -> each, limit, cursor);
    }

    @GET
    @PermitAll
    @javax.ws.rs.Path("open")
    public Done open(@Context SecurityContext caller) {
        return new Done(
                "open",
                caller.getUserPrincipal() == null
                        ? "-"
                        : caller.getUserPrincipal().getName());
    }

    @GET
    @AnyIdentity
    @javax.ws.rs.Path("mine")
    public Done mine(@Context SecurityContext caller) {
        return new Done("mine", caller.getUserPrincipal().getName());
    }

    @POST
    public Response make(Wish wish, @Context SecurityContext caller) throws SoleraException {
        if (wish.what().equals("broken")) {
            throw new IllegalStateException("org.secret.Thing");
        }
        if (wish.what().equals("taken")) {
            throw new SoleraException(PlatformError.CONFLICT, "It is taken.", "Choose another.", null);
        }
        return Response.status(201)
                .header("Location", "/api/v1/storage/things/" + made.incrementAndGet())
                .entity(new Done(wish.what(), caller.getUserPrincipal().getName()))
                .build();
    }

    @GET
    @javax.ws.rs.Path("versioned")
    public Response versioned() {
        return Response.ok(new Done("x", "y"))
                .header("ETag", EditVersion.etag(7))
                .build();
    }

    @PUT
    @Conditional
    @javax.ws.rs.Path("versioned")
    public Done edit(@HeaderParam("If-Match") String ifMatch, Wish wish) throws SoleraException {
        EditVersion.require(ifMatch, 7);
        return new Done(wish.what(), "");
    }

    @PUT
    @ScopedTo(value = Scope.Kind.BUCKET, param = "bucket")
    @javax.ws.rs.Path("buckets/{bucket}")
    public void bucket(@PathParam("bucket") String bucket) {}

    @POST
    @AuditsItself
    @javax.ws.rs.Path("stream")
    public Done stream(InputStream body) throws IOException {
        return new Done(Long.toString(body.skip(Long.MAX_VALUE) + body.readAllBytes().length), "");
    }

    @GET
    @javax.ws.rs.Path("large")
    public List<String> large(@QueryParam("count") int count) {
        return java.util.Collections.nCopies(count, "0123456789");
    }
}
