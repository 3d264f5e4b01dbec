// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.security.internal;

import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.solera.platform.api.Appliance;
import org.solera.platform.api.NamedExecutors;

/** An appliance that is a folder. */
record TestBox(Path dataDirectory) implements Appliance {
    @Override
    public Path stateDirectory(String domain) {
        return dataDirectory.resolve("state").resolve(domain);
    }

    @Override
    public Path cacheDirectory(String domain) {
        return dataDirectory.resolve("cache").resolve(domain);
    }

    @Override
    public List<Path> drives() {
        return List.of();
    }

    @Override
    public InetAddress bindAddress() {
        return InetAddress.getLoopbackAddress();
    }

    @Override
    public int portOffset() {
        return 0;
    }

    @Override
    public String version() {
        return "1.0.0";
    }

    /** Threads as the appliance has them. */
    static final class Threads implements NamedExecutors {
        @Override
        public ExecutorService open(String domain, String purpose, int threads, int queue) {
            return Executors.newFixedThreadPool(threads);
        }

        @Override
        public ScheduledExecutorService openScheduler(String domain, String purpose) {
            return Executors.newSingleThreadScheduledExecutor();
        }
    }
}
