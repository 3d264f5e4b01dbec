// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.ldap.internal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.solera.platform.api.HealthReport;
import org.solera.platform.api.spi.HealthCheck;

/** Tells whether the directory answers, as of the last probe; asking begins a new one every 30 s. Thread-safe. */
final class DirectoryHealth implements HealthCheck {
    private static final Duration EVERY = Duration.ofSeconds(30);

    private final LdapDirectory directory;
    private final ExecutorService probes;
    private final Clock clock;
    private final AtomicBoolean probing = new AtomicBoolean();
    private volatile Instant next = Instant.MIN;
    private volatile HealthReport last = HealthReport.up("The directory was not asked yet.");

    /** @param probes one thread, other than those of the directory */
    DirectoryHealth(LdapDirectory directory, ExecutorService probes, Clock clock) {
        this.directory = directory;
        this.probes = probes;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "platform.ldap";
    }

    @Override
    public HealthReport check() {
        if (!clock.instant().isBefore(next) && probing.compareAndSet(false, true)) {
            next = clock.instant().plus(EVERY);
            try {
                probes.execute(this::probe);
            } catch (RejectedExecutionException closing) {
                probing.set(false);
            }
        }
        return last;
    }

    private void probe() {
        try {
            last = HealthReport.up(directory.probe());
        } catch (DirectoryException failure) {
            last = HealthReport.degraded(
                    failure.getMessage() + " People of the directory cannot sign in.", failure.nextAction());
        } finally {
            probing.set(false);
        }
    }
}
