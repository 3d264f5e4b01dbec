// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.audit.rest.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import javax.annotation.security.RolesAllowed;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.solera.platform.api.PlatformError;
import org.solera.platform.api.Role;
import org.solera.platform.api.ServiceGate;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.access.Action;
import org.solera.platform.api.access.Domain;
import org.solera.platform.api.access.Permissions;
import org.solera.platform.api.audit.Audit;
import org.solera.platform.api.audit.AuditEvent;
import org.solera.platform.api.audit.AuditPage;
import org.solera.platform.api.audit.AuditQuery;
import org.solera.platform.api.audit.AuditRecord;
import org.solera.platform.api.audit.AuditVerdict;
import org.solera.platform.api.rest.Page;

class AuditResourceTest {
    private final Known audit = new Known();
    private AuditResource resource;

    /** An audit with one record that remembers what it was asked. */
    private static final class Known implements Audit {
        private AuditQuery asked;
        private long next;

        @Override
        public Entry begin(AuditEvent event) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void note(AuditEvent event) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void refused(AuditEvent event, String code, String message) {
            throw new UnsupportedOperationException();
        }

        @Override
        public AuditPage search(AuditQuery query) {
            asked = query;
            AuditEvent event =
                    new AuditEvent("anna", "users.create", "bert", "10.0.0.7", "rest", Map.of("status", "201"));
            return new AuditPage(List.of(new AuditRecord(7, Instant.EPOCH, event, "done", 6L, "", "", "ab")), next);
        }

        @Override
        public AuditVerdict verify() {
            return new AuditVerdict(false, 5, 1, 3, "Record 3 was changed.");
        }

        @Override
        public void export(Instant from, Instant to, OutputStream out) throws IOException {
            out.write(("%s %s".formatted(from, to)).getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public String publicKeyPem() {
            return "PEM";
        }
    }

    @BeforeEach
    void start() {
        ServiceGate<Audit> gate = new ServiceGate<>("The audit");
        gate.bind(audit, Map.of());
        resource = new AuditResource(gate);
    }

    private Page<AuditResource.RecordDto> search(String limit, String cursor) throws SoleraException {
        return resource.records(
                "2026-01-01T00:00:00Z", "2026-02-01T00:00:00Z", "anna", "users.", "done", "b", limit, cursor);
    }

    @Test
    void passesEveryFilterOn() throws SoleraException {
        Page<AuditResource.RecordDto> page = search("10", "50");
        assertEquals(
                new AuditQuery(
                        Instant.parse("2026-01-01T00:00:00Z"),
                        Instant.parse("2026-02-01T00:00:00Z"),
                        "anna",
                        "users.",
                        "done",
                        "b",
                        50,
                        10),
                audit.asked);
        AuditResource.RecordDto record = page.items().get(0);
        assertEquals(7, record.sequence());
        assertEquals(6L, record.begun());
        assertEquals(Map.of("status", "201"), record.details());
    }

    @Test
    void nextIsNullAtTheEndOnly() throws SoleraException {
        assertNull(search("10", null).next());
        audit.next = 7;
        assertEquals("7", search("10", "").next());
        assertEquals(Long.MAX_VALUE, audit.asked.before());
    }

    @Test
    void whatIsNoNumberOrTimeIsRefused() {
        for (String wrong : List.of("0", "-1", "1001", "ten", "", "99999999999999999999")) {
            assertEquals(
                    PlatformError.INVALID_REQUEST,
                    assertThrows(SoleraException.class, () -> search(wrong, null))
                            .code());
        }
        assertThrows(SoleraException.class, () -> search("10", "next"));
        assertThrows(SoleraException.class, () -> resource.export("yesterday", null));
    }

    @Test
    void theVerdictNamesTheBrokenRecord() throws SoleraException {
        AuditResource.VerdictDto verdict = resource.verify();
        assertEquals(3, verdict.broken());
        assertEquals("Record 3 was changed.", verdict.detail());
    }

    @Test
    void whoeverReadsTheAuditMayCheckIt() throws NoSuchMethodException {
        Method verify = AuditResource.class.getMethod("verify");
        List<String> roles =
                Arrays.asList(verify.getAnnotation(RolesAllowed.class).value());
        for (Role role : Role.values()) {
            assertEquals(Permissions.allows(role, Domain.AUDIT, Action.READ), roles.contains(role.name()), role.name());
        }
    }

    @Test
    void withoutAnAuditItSaysSo() {
        AuditResource alone = new AuditResource(new ServiceGate<>("The audit"));
        SoleraException refusal = assertThrows(SoleraException.class, alone::verify);
        assertEquals(PlatformError.DRAINING, refusal.code());
        assertTrue(refusal.getMessage().contains("audit"), refusal.getMessage());
    }
}
