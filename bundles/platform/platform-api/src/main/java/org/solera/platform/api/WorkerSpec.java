// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.api;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * How a pool of identical, jailed child processes is run. A worker speaks over its standard input and output: the owner
 * writes one request, the worker writes one answer.
 *
 * @param name dotted name, for example {@code media.image}
 * @param command the program and its arguments
 * @param environment the whole environment of the worker; nothing is inherited
 * @param readable files and folders that the worker may read, beside the system's own
 * @param writable folders that the worker may write
 * @param maximum the most workers that run at one time, at least 1
 * @param maximumRequests the number of requests after which a worker is replaced, at least 1
 * @param memoryBytes limit of the address space of a worker, in bytes; 0 for none (a JVM reserves far more than it uses)
 * @param idle the time after which an idle worker ends
 */
public record WorkerSpec(
        String name,
        List<String> command,
        Map<String, String> environment,
        List<Path> readable,
        List<Path> writable,
        int maximum,
        int maximumRequests,
        long memoryBytes,
        Duration idle) {
    public WorkerSpec {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
        readable = List.copyOf(readable);
        writable = List.copyOf(writable);
    }
}
