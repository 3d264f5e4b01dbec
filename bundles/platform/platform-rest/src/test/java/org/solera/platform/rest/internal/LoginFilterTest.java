// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.rest.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.annotation.security.PermitAll;
import javax.annotation.security.RolesAllowed;
import javax.ws.rs.container.ContainerRequestContext;
import javax.ws.rs.container.ResourceInfo;
import javax.ws.rs.core.MultivaluedHashMap;
import javax.ws.rs.core.Response;
import javax.ws.rs.core.SecurityContext;
import javax.ws.rs.core.UriInfo;
import javax.ws.rs.ext.RuntimeDelegate;
import org.apache.cxf.jaxrs.impl.RuntimeDelegateImpl;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.solera.platform.api.access.AnyIdentity;
import org.solera.platform.api.access.Caller;

class LoginFilterTest {
    private final FakeServices people = new FakeServices();
    private final LoginFilter filter =
            new LoginFilter("users", new Callers(people.services), new Auditing("users", people.services.audit()));

    private String verb = "GET";
    private String path = "x";
    private final Map<String, String> headers = new HashMap<>();
    private Response aborted;
    private SecurityContext caller;

    /** What the filter judges. */
    static final class Resource {
        @PermitAll
        public void open() {}

        @AnyIdentity
        public void read() {}

        @RolesAllowed("ENGINEER")
        public void write() {}
    }

    @BeforeAll
    static void runtime() {
        RuntimeDelegate.setInstance(new RuntimeDelegateImpl());
    }

    private void ask(String method) throws ReflectiveOperationException {
        aborted = null;
        caller = null;
        Method asked = Resource.class.getMethod(method);
        ResourceInfo info = FakeServices.fake(ResourceInfo.class, (name, arguments) -> switch (name) {
            case "getResourceMethod" -> asked;
            case "getResourceClass" -> Resource.class;
            default -> throw new UnsupportedOperationException(name);
        });
        UriInfo address = FakeServices.fake(UriInfo.class, (name, arguments) -> switch (name) {
            case "getPath" -> "/" + path;
            case "getPathParameters" -> new MultivaluedHashMap<String, String>();
            default -> throw new UnsupportedOperationException(name);
        });
        Field field = LoginFilter.class.getDeclaredField("resource");
        field.setAccessible(true);
        field.set(filter, info);
        filter.filter(FakeServices.fake(ContainerRequestContext.class, (name, arguments) -> {
            switch (name) {
                case "getHeaderString" -> {
                    return headers.get((String) arguments[0]);
                }
                case "getMethod" -> {
                    return verb;
                }
                case "getUriInfo" -> {
                    return address;
                }
                case "getProperty" -> {
                    return asked;
                }
                case "setProperty" -> {}
                case "abortWith" -> aborted = (Response) arguments[0];
                case "setSecurityContext" -> caller = (SecurityContext) arguments[0];
                default -> throw new UnsupportedOperationException(name);
            }
            return null;
        }));
    }

    private void login(String pair) {
        headers.put(
                "Authorization", "bAsIc " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
    }

    private String refusedWith(int status) {
        assertNull(caller, "whoever is refused is nobody");
        assertEquals(status, aborted.getStatus());
        return ((Problem) aborted.getEntity()).code();
    }

    private Caller known() {
        assertNull(aborted);
        return (Caller) caller.getUserPrincipal();
    }

    @Test
    void whoSaysNothingReachesOnlyWhatIsOpen() throws Exception {
        ask("open");
        assertNull(aborted);
        assertNull(caller.getUserPrincipal());
        assertFalse(caller.isUserInRole("VIEWER"));
        ask("read");
        assertEquals("UNAUTHENTICATED", refusedWith(401));
        assertTrue(aborted.getHeaderString("WWW-Authenticate").startsWith("Basic realm="));
    }

    @Test
    void nameAndPasswordAreTakenApartAtTheFirstColonAndForgotten() throws Exception {
        headers.put(Forwarding.CLIENT, "192.0.2.9");
        login("eve:se:cret");
        ask("write");
        assertEquals("eve", known().getName());
        assertEquals(Caller.Means.PASSWORD, known().means());
        assertEquals("192.0.2.9", known().origin());
        assertTrue(caller.isUserInRole("ENGINEER"));
        assertFalse(caller.isUserInRole("VIEWER"));
        assertEquals(List.of("192.0.2.9"), people.origins);
        assertEquals("       ", new String(people.passwords.get(0)), "the password is wiped");
    }

    @Test
    void theOwnerHasEveryRoleAndAViewerOnlyItsOwn() throws Exception {
        login("olga:se:cret");
        ask("write");
        assertTrue(caller.isUserInRole("LICENSE_ADMIN"));
        login("vic:se:cret");
        verb = "POST";
        ask("write");
        assertEquals("FORBIDDEN", refusedWith(403));
    }

    @Test
    void aWrongLoginIsRefusedWhereOneIsNeededAndNobodyWhereNoneIs() throws Exception {
        for (String pair : new String[] {"eve:wrong", "nobody:se:cret", "no colon"}) {
            login(pair);
            ask("read");
            assertEquals("UNAUTHENTICATED", refusedWith(401), pair);
            ask("open");
            assertNull(caller.getUserPrincipal(), pair);
        }
        for (String header : new String[] {"Bearer abc", "Basic ***", "Basic", "Digest x"}) {
            headers.put("Authorization", header);
            ask("read");
            assertEquals("UNAUTHENTICATED", refusedWith(401), header);
            ask("open");
            assertNull(caller.getUserPrincipal(), header);
        }
    }

    @Test
    void aLoginThatIsHeldUpSaysForHowLong() throws Exception {
        login("busy:x");
        ask("read");
        assertEquals("BUSY", refusedWith(429));
        assertEquals("7", aborted.getHeaderString("Retry-After"));
    }

    @Test
    void aPasswordAloneDoesNotOpenWhatHasASecondFactorOrANewPasswordToCome() throws Exception {
        people.secondFactor.add("eve");
        people.mustChange.add("vic");
        login("eve:se:cret");
        ask("read");
        assertEquals("UNAUTHENTICATED", refusedWith(401));
        login("vic:se:cret");
        ask("read");
        assertEquals("UNAUTHENTICATED", refusedWith(401));
    }

    @Test
    void aTokenSpeaksForItsUserAndMayBeForReadingOnly() throws Exception {
        headers.put("Authorization", "Bearer solera_eve");
        verb = "POST";
        ask("write");
        assertEquals("t-eve", known().credential());
        assertEquals(Caller.Means.TOKEN, known().means());
        headers.put("Authorization", "Bearer solera_eve_read");
        ask("write");
        assertEquals("FORBIDDEN", refusedWith(403));
        verb = "GET";
        ask("write");
        assertEquals("eve", known().getName());
        people.ended.add("solera_eve_read");
        ask("write");
        assertEquals("UNAUTHENTICATED", refusedWith(401));
    }

    @Test
    void aSessionWithAPasswordOfSomebodyElseMayOnlySetItsOwn() throws Exception {
        people.mustChange.add("eve");
        headers.put("Cookie", "__Host-solera=eve-cookie");
        headers.put("X-Solera-Csrf", "eve-csrf");
        ask("read");
        assertEquals("PASSWORD_CHANGE_REQUIRED", refusedWith(403));
        ask("open");
        assertNull(caller.getUserPrincipal());
        for (String[] allowed :
                new String[][] {{"GET", "session"}, {"DELETE", "session"}, {"GET", "me"}, {"PUT", "me/password"}}) {
            verb = allowed[0];
            path = allowed[1];
            ask("read");
            assertEquals("eve", known().getName(), String.join(" ", allowed));
        }
        verb = "DELETE";
        path = "me";
        ask("read");
        assertEquals("PASSWORD_CHANGE_REQUIRED", refusedWith(403));
    }

    @Test
    void changesAreNotTakenFromOtherSites() throws Exception {
        login("eve:se:cret");
        for (String site : new String[] {"cross-site", "same-site"}) {
            verb = "GET";
            headers.put("Sec-Fetch-Site", site);
            ask("read");
            assertNull(aborted, "reading is harmless");
            verb = "POST";
            ask("write");
            assertEquals("FORBIDDEN", refusedWith(403));
        }
        headers.put("Sec-Fetch-Site", "same-origin");
        ask("write");
        assertNull(aborted);
    }
}
