// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.api;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import org.osgi.annotation.versioning.ProviderType;

/** A pool of identical worker processes. Thread-safe. */
@ProviderType
public interface WorkerPool extends AutoCloseable {
    /** One request and its answer over the streams of a worker; runs on the caller's thread. */
    @FunctionalInterface
    interface Exchange<R> {
        /**
         * Writes one whole request and reads one whole answer.
         *
         * @param request standard input of the worker; buffered, flush it
         * @param answer standard output of the worker
         * @throws IOException if the worker ended or broke the protocol; it is then replaced
         */
        R exchange(OutputStream request, InputStream answer) throws IOException;
    }

    /**
     * Lends a worker to one exchange. A worker that dies, breaks the protocol or exceeds the limit is killed with its
     * whole process group and replaced with growing pauses.
     *
     * @param patience the longest wait for a worker
     * @param limit the longest time of the exchange; then the worker is killed
     * @param exchange the request and its answer
     * @throws SoleraException with {@link PlatformError#BUSY} if no worker was free in time,
     *     {@link PlatformError#WORKER_LIMIT} if the exchange took too long, {@link PlatformError#WORKER_UNAVAILABLE} if
     *     the worker died or could not start
     * @throws InterruptedException if the calling thread is interrupted
     */
    <R> R call(Duration patience, Duration limit, Exchange<R> exchange) throws SoleraException, InterruptedException;

    /** Ends all workers; exchanges under way fail. */
    @Override
    void close();
}
