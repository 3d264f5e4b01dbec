// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.security.internal;

import java.io.OutputStream;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.solera.platform.api.audit.Audit;
import org.solera.platform.api.audit.AuditEvent;
import org.solera.platform.api.audit.AuditPage;
import org.solera.platform.api.audit.AuditQuery;
import org.solera.platform.api.audit.AuditVerdict;

/** An audit that takes notes only. */
record NotedAudit(List<AuditEvent> noted) implements Audit {
    @Override
    public void note(AuditEvent event) {
        noted.add(event);
    }

    @Override
    public Entry begin(AuditEvent event) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void refused(AuditEvent event, String code, String message) {
        throw new UnsupportedOperationException();
    }

    @Override
    public AuditPage search(AuditQuery query) {
        throw new UnsupportedOperationException();
    }

    @Override
    public AuditVerdict verify() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void export(@Nullable Instant from, @Nullable Instant to, OutputStream out) {
        throw new UnsupportedOperationException();
    }
}
