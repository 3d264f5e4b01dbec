// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.worker.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Settings that hold for every worker process. */
@ObjectClassDefinition(name = "Worker processes", description = "Supervised, jailed child processes.")
public @interface WorkersConfig {
    /** {@return whether workers run in a jail where the box can make one} */
    @AttributeDefinition(name = "Jail", description = "Run workers in a bubblewrap jail where it works on this box.")
    boolean jail() default true;

    /** {@return how many callers may wait for each worker of a pool} */
    @AttributeDefinition(
            name = "Waiters per worker",
            description = "Callers that may wait, for each worker of a pool; more are refused.",
            min = "1")
    int waitersPerWorker() default 64;

    /** {@return the most files that a worker may hold open} */
    @AttributeDefinition(name = "Open files", description = "Most open files of one worker process.", min = "32")
    int openFiles() default 256;
}
