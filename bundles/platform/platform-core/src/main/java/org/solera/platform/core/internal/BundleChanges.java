// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.core.internal;

import java.util.Map;
import java.util.Objects;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.BundleListener;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.solera.platform.api.live.LiveEvent;
import org.solera.platform.api.live.LiveEvents;

/** Publishes every change of a bundle: topic {@code bundles}, key the id of the bundle. Thread-safe. */
@Component(
        immediate = true,
        service = {})
public final class BundleChanges implements BundleListener {
    static final String TOPIC = "bundles";
    private static final String PRODUCT = "org.solera.";
    private static final int TOLD = BundleEvent.INSTALLED
            | BundleEvent.RESOLVED
            | BundleEvent.STARTED
            | BundleEvent.STOPPED
            | BundleEvent.UPDATED
            | BundleEvent.UNRESOLVED
            | BundleEvent.UNINSTALLED;

    private final BundleContext context;
    private final LiveEvents events;

    @Activate
    public BundleChanges(BundleContext context, @Reference LiveEvents events) {
        this.context = context;
        this.events = events;
        context.addBundleListener(this);
    }

    @Deactivate
    void close() {
        context.removeBundleListener(this);
    }

    @Override
    public void bundleChanged(BundleEvent event) {
        if ((event.getType() & TOLD) == 0 || !events.watched()) {
            return;
        }
        Bundle bundle = event.getBundle();
        String name = Objects.toString(bundle.getSymbolicName(), "");
        events.publish(new LiveEvent(
                TOPIC,
                Long.toString(bundle.getBundleId()),
                Map.of(
                        "id", bundle.getBundleId(),
                        "symbolicName", name,
                        "version", bundle.getVersion().toString(),
                        "state", word(bundle.getState()),
                        "product", name.startsWith(PRODUCT))));
    }

    private static String word(int state) {
        return switch (state) {
            case Bundle.INSTALLED -> "installed";
            case Bundle.RESOLVED -> "resolved";
            case Bundle.STARTING -> "starting";
            case Bundle.STOPPING -> "stopping";
            case Bundle.ACTIVE -> "active";
            default -> "uninstalled";
        };
    }
}
