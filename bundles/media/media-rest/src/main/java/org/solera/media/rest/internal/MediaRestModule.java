// SPDX-License-Identifier: Apache-2.0
package org.solera.media.rest.internal;

import static org.osgi.service.component.annotations.ReferenceCardinality.MULTIPLE;
import static org.osgi.service.component.annotations.ReferencePolicy.DYNAMIC;

import java.util.Map;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.solera.media.api.MediaOperations;
import org.solera.platform.api.ServiceGate;
import org.solera.platform.api.Workers;
import org.solera.platform.api.spi.RestModule;

/** Offers the resources of media under {@code /api/v1/media}. */
@Component(service = RestModule.class)
public final class MediaRestModule implements RestModule {
    private static final Logger log = LoggerFactory.getLogger(MediaRestModule.class);

    private final ServiceGate<MediaOperations> media = new ServiceGate<>("Media processing");
    private final Workers workers;

    /** @param workers runs the worker processes */
    @Activate
    public MediaRestModule(@Reference Workers workers) {
        this.workers = workers;
    }

    @Reference(cardinality = MULTIPLE, policy = DYNAMIC)
    void bindMedia(MediaOperations operations, Map<String, ?> properties) {
        media.bind(operations, properties);
    }

    void unbindMedia(MediaOperations operations) {
        if (!media.unbind(operations)) {
            log.warn("A version of media operations went while it was called.");
        }
    }

    @Override
    public String domain() {
        return "media";
    }

    @Override
    public Set<Object> resources() {
        return Set.of(new MediaResource(workers, media));
    }
}
