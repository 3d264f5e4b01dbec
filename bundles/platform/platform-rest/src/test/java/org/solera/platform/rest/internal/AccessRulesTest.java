// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.rest.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Set;
import javax.annotation.security.DenyAll;
import javax.annotation.security.PermitAll;
import javax.annotation.security.RolesAllowed;
import org.junit.jupiter.api.Test;
import org.solera.platform.api.Identity;
import org.solera.platform.api.Role;
import org.solera.platform.rest.internal.AccessRules.Decision;

class AccessRulesTest {
    private static final Identity OWNER = Identity.of("owner", Set.of(Role.OWNER));
    private static final Identity VIEWER = Identity.of("viewer", Set.of(Role.VIEWER));
    private static final Identity ENGINEER = Identity.of("engineer", Set.of(Role.ENGINEER));

    static class Plain {
        public void ruled() {}

        @PermitAll
        public void open() {}

        @RolesAllowed("ENGINEER")
        public void forEngineers() {}

        @DenyAll
        public void never() {}
    }

    @PermitAll
    static class Open {
        public void plain() {}

        @RolesAllowed("ENGINEER")
        public void forEngineers() {}
    }

    private static Decision decide(Class<?> type, String name, String verb, Identity identity) {
        return AccessRules.decide(
                Arrays.stream(type.getDeclaredMethods())
                        .filter(method -> method.getName().equals(name))
                        .findFirst()
                        .orElseThrow(),
                type,
                verb,
                identity);
    }

    @Test
    void withoutAnnotationAnybodyKnownReadsAndTheOwnerWrites() {
        assertEquals(Decision.LOGIN_NEEDED, decide(Plain.class, "ruled", "GET", null));
        assertEquals(Decision.ALLOWED, decide(Plain.class, "ruled", "GET", VIEWER));
        assertEquals(Decision.REFUSED, decide(Plain.class, "ruled", "POST", VIEWER));
        assertEquals(Decision.ALLOWED, decide(Plain.class, "ruled", "POST", OWNER));
    }

    @Test
    void aRuleOfTheMethodHoldsForTheNamedRolesAndTheOwner() {
        assertEquals(Decision.LOGIN_NEEDED, decide(Plain.class, "forEngineers", "POST", null));
        assertEquals(Decision.REFUSED, decide(Plain.class, "forEngineers", "GET", VIEWER));
        assertEquals(Decision.ALLOWED, decide(Plain.class, "forEngineers", "POST", ENGINEER));
        assertEquals(Decision.ALLOWED, decide(Plain.class, "forEngineers", "POST", OWNER));
    }

    @Test
    void whatIsOpenNeedsNobodyAndWhatIsDeniedHelpsNobody() {
        assertEquals(Decision.ALLOWED, decide(Plain.class, "open", "GET", null));
        assertEquals(Decision.REFUSED, decide(Plain.class, "never", "GET", OWNER));
    }

    @Test
    void theMethodWinsOverTheClass() {
        assertEquals(Decision.ALLOWED, decide(Open.class, "plain", "POST", null));
        assertEquals(Decision.LOGIN_NEEDED, decide(Open.class, "forEngineers", "POST", null));
        assertEquals(Decision.REFUSED, decide(Open.class, "forEngineers", "POST", VIEWER));
    }
}
