// SPDX-License-Identifier: Apache-2.0
package org.solera.storage.s3.internal;

import java.util.List;
import java.util.Map;

/** Finds the operation of a request. Immutable. */
final class Router {
    /**
     * An operation and its name in S3, for metrics.
     *
     * @param name the name
     * @param operation what it does
     */
    record Route(String name, Operation operation) {}

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
                route("GET service", "ListBuckets", buckets::list),
                route("PUT bucket", "CreateBucket", buckets::create),
                route("HEAD bucket", "HeadBucket", buckets::head),
                route("DELETE bucket", "DeleteBucket", buckets::delete),
                route("GET bucket", "ListObjects", call -> {
                    if ("2".equals(call.target().get("list-type"))) {
                        listings.listV2(call);
                    } else {
                        listings.listV1(call);
                    }
                }),
                route("GET bucket location", "GetBucketLocation", buckets::location),
                route("GET bucket versioning", "GetBucketVersioning", buckets::versioning),
                route("GET bucket acl", "GetBucketAcl", buckets::acl),
                route("POST bucket delete", "DeleteObjects", buckets::deleteMany),
                route("GET bucket uploads", "ListMultipartUploads", multiparts::uploads),
                route("GET object", "GetObject", reads::get),
                route("HEAD object", "HeadObject", reads::head),
                route("GET object acl", "GetObjectAcl", buckets::acl),
                route("PUT object", "PutObject", writes::put),
                route("PUT object copy", "CopyObject", copies::copy),
                route("DELETE object", "DeleteObject", writes::delete),
                route("POST object uploads", "CreateMultipartUpload", multiparts::begin),
                route("PUT object partNumber uploadId", "UploadPart", multiparts::put),
                route("PUT object partNumber uploadId copy", "UploadPartCopy", multiparts::copy),
                route("GET object uploadId", "ListParts", multiparts::parts),
                route("POST object uploadId", "CompleteMultipartUpload", multiparts::complete),
                route("DELETE object uploadId", "AbortMultipartUpload", multiparts::abort));
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

    private static Map.Entry<String, Route> route(String request, String name, Operation operation) {
        return Map.entry(request, new Route(name, operation));
    }
}
