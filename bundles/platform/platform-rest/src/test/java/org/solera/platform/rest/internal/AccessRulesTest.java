// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.rest.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Set;
import javax.annotation.security.DenyAll;
import javax.annotation.security.PermitAll;
import javax.annotation.security.RolesAllowed;
import org.junit.jupiter.api.Test;
import org.solera.platform.api.Grant;
import org.solera.platform.api.Identity;
import org.solera.platform.api.Role;
import org.solera.platform.api.Scope;
import org.solera.platform.api.access.AnyIdentity;
import org.solera.platform.api.access.ScopedTo;
import org.solera.platform.rest.internal.AccessRules.Decision;

class AccessRulesTest {
    private static final Identity OWNER = Identity.of("owner", Role.OWNER);
    private static final Identity OPERATOR = Identity.of("operator", Role.OPERATOR);
    private static final Identity VIEWER = Identity.of("viewer", Role.VIEWER);
    private static final Identity ENGINEER = Identity.of("engineer", Role.ENGINEER);
    private static final Identity OF_PHOTOS =
            new Identity("photos", Set.of(Grant.parse("OPERATOR@bucket:photos"), Grant.parse("VIEWER@hub:stage")));

    static class Plain {
        public void ruled() {}

        @PermitAll
        public void open() {}

        @RolesAllowed("ENGINEER")
        public void forEngineers() {}

        @DenyAll
        public void never() {}

        @AnyIdentity
        public void mine() {}

        @ScopedTo(Scope.Kind.BUCKET)
        public void listed() {}

        @ScopedTo(value = Scope.Kind.BUCKET, param = "bucket")
        public void one() {}

        @RolesAllowed("OPERATOR")
        @ScopedTo(value = Scope.Kind.BUCKET, param = "bucket")
        public void oneForOperators() {}
    }

    @PermitAll
    static class Open {
        public void plain() {}

        @RolesAllowed("ENGINEER")
        public void forEngineers() {}

        @ScopedTo(Scope.Kind.BUCKET)
        public void listed() {}
    }

    private static Decision decide(Class<?> type, String name, String verb, Identity identity) {
        return decide(type, name, verb, "storage", identity, "photos");
    }

    private static Decision decide(
            Class<?> type, String name, String verb, String domain, Identity identity, String parameter) {
        return AccessRules.of(
                        Arrays.stream(type.getDeclaredMethods())
                                .filter(method -> method.getName().equals(name))
                                .findFirst()
                                .orElseThrow(),
                        type,
                        verb,
                        domain)
                .decide(identity, any -> parameter);
    }

    @Test
    void withoutAnnotationTheTableOfTheDomainDecides() {
        assertEquals(Decision.LOGIN_NEEDED, decide(Plain.class, "ruled", "GET", null));
        assertEquals(Decision.ALLOWED, decide(Plain.class, "ruled", "GET", VIEWER));
        assertEquals(Decision.REFUSED, decide(Plain.class, "ruled", "POST", VIEWER));
        assertEquals(Decision.ALLOWED, decide(Plain.class, "ruled", "POST", OPERATOR));
        assertEquals(Decision.REFUSED, decide(Plain.class, "ruled", "GET", "users", OPERATOR, ""));
        assertEquals(Decision.ALLOWED, decide(Plain.class, "ruled", "HEAD", "system", OPERATOR, ""));
        assertEquals(Decision.REFUSED, decide(Plain.class, "ruled", "PATCH", "system", OPERATOR, ""));
        assertEquals(Decision.REFUSED, decide(Plain.class, "ruled", "GET", OF_PHOTOS));
    }

    @Test
    void aDomainThatTheTableDoesNotKnowIsTheOwnersAlone() {
        assertEquals(Decision.REFUSED, decide(Plain.class, "ruled", "GET", "other", VIEWER, ""));
        assertEquals(Decision.ALLOWED, decide(Plain.class, "ruled", "GET", "other", OWNER, ""));
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
        assertEquals(Decision.LOGIN_NEEDED, decide(Plain.class, "mine", "PUT", null));
        assertEquals(Decision.ALLOWED, decide(Plain.class, "mine", "PUT", new Identity("x", Set.of())));
    }

    @Test
    void theMethodWinsOverTheClass() {
        assertEquals(Decision.ALLOWED, decide(Open.class, "plain", "POST", null));
        assertEquals(Decision.LOGIN_NEEDED, decide(Open.class, "forEngineers", "POST", null));
        assertEquals(Decision.REFUSED, decide(Open.class, "forEngineers", "POST", VIEWER));
        assertEquals(Decision.LOGIN_NEEDED, decide(Open.class, "listed", "GET", null));
    }

    @Test
    void aGrantForOnePlaceCountsThereAndInListsOfPlaces() {
        assertEquals(Decision.ALLOWED, decide(Plain.class, "listed", "GET", OF_PHOTOS));
        assertEquals(Decision.ALLOWED, decide(Plain.class, "one", "PUT", OF_PHOTOS));
        assertEquals(Decision.ALLOWED, decide(Plain.class, "oneForOperators", "PUT", OF_PHOTOS));
        for (String other : new String[] {"videos", "", "*", "a,b", "hub:photos"}) {
            assertEquals(Decision.REFUSED, decide(Plain.class, "one", "PUT", "storage", OF_PHOTOS, other), other);
            assertEquals(
                    Decision.REFUSED,
                    decide(Plain.class, "oneForOperators", "PUT", "storage", OF_PHOTOS, other),
                    other);
            assertEquals(Decision.ALLOWED, decide(Plain.class, "one", "PUT", "storage", OPERATOR, other), other);
        }
        assertEquals(
                Decision.REFUSED,
                decide(Plain.class, "one", "PUT", "system", OF_PHOTOS, "photos"),
                "the domain does not know buckets");
    }
}
