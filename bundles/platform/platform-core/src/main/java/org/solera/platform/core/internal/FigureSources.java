// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.core.internal;

import static org.osgi.service.component.annotations.ReferenceCardinality.MULTIPLE;
import static org.osgi.service.component.annotations.ReferencePolicy.DYNAMIC;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.solera.platform.api.history.Figures;
import org.solera.platform.api.history.Snapshot;
import org.solera.platform.api.spi.MetricSource;

/**
 * Asks every source for its figures. A source is taken from the registry for the time of the question only, so that
 * sources of this bundle may depend on this component. Thread-safe.
 */
@Component(service = Figures.class)
public final class FigureSources implements Figures {
    private static final Logger log = LoggerFactory.getLogger(FigureSources.class);

    private final BundleContext context;
    private final Set<ServiceReference<MetricSource>> sources = new ConcurrentSkipListSet<>();
    private final Set<ServiceReference<MetricSource>> broken = ConcurrentHashMap.newKeySet();

    @Activate
    public FigureSources(BundleContext context) {
        this.context = context;
    }

    @Reference(service = MetricSource.class, cardinality = MULTIPLE, policy = DYNAMIC)
    void bindSource(ServiceReference<MetricSource> source) {
        sources.add(source);
    }

    void unbindSource(ServiceReference<MetricSource> source) {
        sources.remove(source);
        broken.remove(source);
    }

    @Override
    public Snapshot now() {
        Snapshot snapshot = new Snapshot();
        sources.forEach(source -> collect(source, snapshot));
        return snapshot;
    }

    private void collect(ServiceReference<MetricSource> reference, Snapshot snapshot) {
        MetricSource source = context.getService(reference);
        if (source == null) {
            return; // it left between the two looks
        }
        try {
            source.collect(snapshot);
            broken.remove(reference);
        } catch (RuntimeException | LinkageError failure) {
            if (broken.add(reference)) {
                log.warn(
                        "The figures of {} cannot be read; told once.",
                        source.getClass().getName(),
                        failure);
            }
        } finally {
            context.ungetService(reference);
        }
    }
}
