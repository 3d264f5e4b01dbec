// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.audit.rest.internal;

import static org.osgi.service.component.annotations.ReferenceCardinality.MULTIPLE;
import static org.osgi.service.component.annotations.ReferencePolicy.DYNAMIC;

import java.util.Map;
import java.util.Set;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.solera.platform.api.ServiceGate;
import org.solera.platform.api.audit.Audit;
import org.solera.platform.api.spi.RestModule;

/** The record of changes, under {@code /api/v1/audit}. Answers 503 while the audit is absent. */
@Component(service = RestModule.class)
public final class AuditRestModule implements RestModule {
    private static final Logger log = LoggerFactory.getLogger(AuditRestModule.class);

    private final ServiceGate<Audit> audits = new ServiceGate<>("The audit");
    private final Set<Object> resources = Set.of(new AuditResource(audits));

    @Reference(cardinality = MULTIPLE, policy = DYNAMIC)
    void bindAudit(Audit service, Map<String, ?> properties) {
        audits.bind(service, properties);
    }

    void unbindAudit(Audit service) {
        if (!audits.unbind(service)) {
            log.warn("The audit left while requests were reading it.");
        }
    }

    @Override
    public String domain() {
        return "audit";
    }

    @Override
    public Set<Object> resources() {
        return resources;
    }
}
