// SPDX-License-Identifier: Apache-2.0
package org.solera.storage.s3.internal;

import static org.solera.platform.api.access.Action.CHANGE;
import static org.solera.platform.api.access.Action.READ;

import java.util.List;
import java.util.Map;
import org.solera.platform.api.access.Action;

/** Finds the operation of a request. Immutable. */
final class Router {
    /**
     * An operation, its name in S3, for metrics, and what it needs.
     *
     * @param name the name
     * @param action what the caller has to be allowed at the bucket; at one bucket at least where none is named
     * @param operation what it does
     */
    record Route(String name, Action action, Operation operation) {}

    /** Parameters that make another operation of a request; those without a route are not implemented. */
    private static final List<String> SUBRESOURCES = List.of(
            "accelerate",
            "acl",
            "analytics",
            "attributes",
            "cors",
            "delete",
            "encryption",
            "intelligent-tiering",
            "inventory",
            "legal-hold",
            "lifecycle",
            "location",
            "logging",
            "metrics",
            "notification",
            "object-lock",
            "ownershipControls",
            "partNumber",
            "policy",
            "policyStatus",
            "publicAccessBlock",
            "replication",
            "requestPayment",
            "restore",
            "retention",
            "select",
            "tagging",
            "torrent",
            "uploadId",
            "uploads",
            "versionId",
            "versioning",
            "versions",
            "website");

    private final Map<String, Route> routes;

    Router(StoreAccess store) {
        Buckets buckets = new Buckets(store);
        Listings listings = new Listings(store);
        ObjectReads reads = new ObjectReads(store);
        ObjectWrites writes = new ObjectWrites(store);
        Copies copies = new Copies(store, writes);
        Multiparts multiparts = new Multiparts(store, writes);
        routes = Map.ofEntries(
                route("GET service", "ListBuckets", READ, buckets::list),
                route("PUT bucket", "CreateBucket", CHANGE, buckets::create),
                route("HEAD bucket", "HeadBucket", READ, buckets::head),
                route("DELETE bucket", "DeleteBucket", CHANGE, buckets::delete),
                route("GET bucket", "ListObjects", READ, call -> {
                    if ("2".equals(call.target().get("list-type"))) {
                        listings.listV2(call);
                    } else {
                        listings.listV1(call);
                    }
                }),
                route("GET bucket location", "GetBucketLocation", READ, buckets::location),
                route("GET bucket versioning", "GetBucketVersioning", READ, buckets::versioning),
                route("GET bucket acl", "GetBucketAcl", READ, buckets::acl),
                route("POST bucket delete", "DeleteObjects", CHANGE, buckets::deleteMany),
                route("GET bucket uploads", "ListMultipartUploads", READ, multiparts::uploads),
                route("GET object", "GetObject", READ, reads::get),
                route("HEAD object", "HeadObject", READ, reads::head),
                route("GET object acl", "GetObjectAcl", READ, buckets::acl),
                route("PUT object", "PutObject", CHANGE, writes::put),
                route("PUT object copy", "CopyObject", CHANGE, copies::copy),
                route("DELETE object", "DeleteObject", CHANGE, writes::delete),
                route("POST object uploads", "CreateMultipartUpload", CHANGE, multiparts::begin),
                route("PUT object partNumber uploadId", "UploadPart", CHANGE, multiparts::put),
                route("PUT object partNumber uploadId copy", "UploadPartCopy", CHANGE, multiparts::copy),
                route("GET object uploadId", "ListParts", READ, multiparts::parts),
                route("POST object uploadId", "CompleteMultipartUpload", CHANGE, multiparts::complete),
                route("DELETE object uploadId", "AbortMultipartUpload", CHANGE, multiparts::abort));
    }

    /** {@return how many operations there are} */
    int size() {
        return routes.size();
    }

    /** {@return the operation} */
    Route find(String method, Target target, boolean copy) throws S3Exception {
        StringBuilder name = new StringBuilder(method);
        name.append(target.bucket().isEmpty() ? " service" : target.key().isEmpty() ? " bucket" : " object");
        for (String each : SUBRESOURCES) {
            if (target.has(each)) {
                name.append(' ').append(each);
            }
        }
        if (copy) {
            name.append(" copy");
        }
        Route route = routes.get(name.toString());
        if (route == null) {
            throw new S3Exception(
                    S3Error.NOT_IMPLEMENTED, "The operation \"" + name + "\" is not implemented by this server.");
        }
        return route;
    }

    private static Map.Entry<String, Route> route(String request, String name, Action action, Operation operation) {
        return Map.entry(request, new Route(name, action, operation));
    }
}
