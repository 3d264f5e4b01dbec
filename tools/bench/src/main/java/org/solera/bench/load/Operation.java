// SPDX-License-Identifier: Apache-2.0
package org.solera.bench.load;

/** Kinds of requests in the load. */
public enum Operation {
    /** Reads an object over S3. */
    GET,
    /** Writes an object over S3. */
    PUT,
    /** Asks for a smaller picture. */
    IMAGE,
    /** Reads a REST resource. */
    REST
}
