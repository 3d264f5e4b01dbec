// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.rest.internal;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.ServiceReference;
import org.solera.platform.api.Lease;
import org.solera.platform.api.spi.RestModule;

/**
 * One module on its way to being served and back: deployed, then published once it answers; unpublished, then, when its
 * last request ended, undeployed. Thread-safe; the slow steps are called from one thread.
 */
final class Deployment {
    private final ServiceReference<RestModule> reference;
    private final long bundleId;
    private final String domain;
    private final String base;
    private final ModuleApplication application;
    private final ConsoleHandler handler;
    private final Container container;
    private final long sinceNanos = System.nanoTime();
    private @Nullable Lease deployed; // guarded by this
    private @Nullable Lease published; // guarded by this
    private boolean leaving; // guarded by this

    Deployment(
            ServiceReference<RestModule> reference,
            long bundleId,
            String domain,
            String base,
            ModuleApplication application,
            ConsoleHandler handler,
            Container container) {
        this.reference = reference;
        this.bundleId = bundleId;
        this.domain = domain;
        this.base = base;
        this.application = application;
        this.handler = handler;
        this.container = container;
    }

    long bundleId() {
        return bundleId;
    }

    String domain() {
        return domain;
    }

    InFlight requests() {
        return handler.requests();
    }

    synchronized boolean isPublished() {
        return published != null;
    }

    Duration age() {
        return Duration.ofNanos(System.nanoTime() - sinceNanos);
    }

    private String prefix() {
        return "/api/v1/" + domain;
    }

    /** Hands the application to the container, unless the module left meanwhile. */
    void deploy() {
        synchronized (this) {
            if (leaving || deployed != null) {
                return;
            }
        }
        Lease lease = container.deploy("solera" + base.replace('/', '-') + "-" + domain, base + prefix(), application);
        boolean late;
        synchronized (this) {
            deployed = lease;
            late = leaving;
        }
        if (late) {
            undeploy();
        }
    }

    /** {@return whether nothing is left to wait for: it is published, or it leaves} */
    boolean advance() {
        synchronized (this) {
            if (leaving || published != null) {
                return true;
            }
        }
        if (!container.answers(base + prefix())) {
            return false;
        }
        publish();
        return true;
    }

    /** Leads requests here. */
    void publish() {
        Lease lease = container.publish(reference, prefix(), handler);
        boolean late;
        synchronized (this) {
            late = leaving || published != null;
            if (!late) {
                published = lease;
            }
        }
        if (late) {
            lease.close();
        }
    }

    /** Leads no more requests here; those under way go on. */
    void unpublish() {
        Lease lease;
        synchronized (this) {
            lease = published;
            published = null;
        }
        if (lease != null) {
            lease.close();
        }
    }

    /** The module goes: no more requests, and none of the later steps takes place. */
    void leave() {
        synchronized (this) {
            leaving = true;
        }
        unpublish();
    }

    /** Takes the application from the container. */
    void undeploy() {
        Lease lease;
        synchronized (this) {
            lease = deployed;
            deployed = null;
        }
        if (lease != null) {
            lease.close();
        }
    }
}
