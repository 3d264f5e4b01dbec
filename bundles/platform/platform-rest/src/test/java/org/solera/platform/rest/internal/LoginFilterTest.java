// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.rest.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.annotation.security.PermitAll;
import javax.annotation.security.RolesAllowed;
import javax.ws.rs.container.ContainerRequestContext;
import javax.ws.rs.container.ResourceInfo;
import javax.ws.rs.core.Response;
import javax.ws.rs.core.SecurityContext;
import javax.ws.rs.ext.RuntimeDelegate;
import org.apache.cxf.jaxrs.impl.RuntimeDelegateImpl;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.solera.platform.api.Authenticator;
import org.solera.platform.api.Identity;
import org.solera.platform.api.PlatformError;
import org.solera.platform.api.Role;
import org.solera.platform.api.ServiceGate;
import org.solera.platform.api.SoleraException;

class LoginFilterTest {
    private final ServiceGate<Authenticator> gate = new ServiceGate<>("The login");
    private final LoginFilter filter = new LoginFilter(gate);
    private final List<char[]> secrets = new ArrayList<>();
    private final List<String> origins = new ArrayList<>();

    private String verb = "GET";
    private final Map<String, String> headers = new HashMap<>();
    private Response aborted;
    private SecurityContext caller;

    /** What the filter judges. */
    static final class Resource {
        @PermitAll
        public void open() {}

        public void read() {}

        @RolesAllowed("ENGINEER")
        public void write() {}
    }

    @BeforeAll
    static void runtime() {
        RuntimeDelegate.setInstance(new RuntimeDelegateImpl());
    }

    @BeforeEach
    void accounts() {
        Authenticator accounts = (name, password, origin) -> {
            secrets.add(password);
            origins.add(origin);
            if (name.equals("busy")) {
                throw new SoleraException(PlatformError.BUSY, "Too many people log in.", "Wait.", null);
            }
            Map<String, Role> known = Map.of("eve", Role.ENGINEER, "vic", Role.VIEWER, "olga", Role.OWNER);
            return Arrays.equals(password, "se:cret".toCharArray()) && known.containsKey(name)
                    ? Optional.of(Identity.of(name, Set.of(known.get(name))))
                    : Optional.empty();
        };
        gate.bind(accounts, Map.of("service.id", 1L));
    }

    private void ask(String method) throws ReflectiveOperationException {
        aborted = null;
        caller = null;
        Method asked = Resource.class.getMethod(method);
        ResourceInfo info = fake(ResourceInfo.class, (name, arguments) -> switch (name) {
            case "getResourceMethod" -> asked;
            case "getResourceClass" -> Resource.class;
            default -> throw new UnsupportedOperationException(name);
        });
        Field field = LoginFilter.class.getDeclaredField("resource");
        field.setAccessible(true);
        field.set(filter, info);
        filter.filter(fake(ContainerRequestContext.class, (name, arguments) -> {
            switch (name) {
                case "getHeaderString" -> {
                    return headers.get((String) arguments[0]);
                }
                case "getMethod" -> {
                    return verb;
                }
                case "abortWith" -> aborted = (Response) arguments[0];
                case "setSecurityContext" -> caller = (SecurityContext) arguments[0];
                default -> throw new UnsupportedOperationException(name);
            }
            return null;
        }));
    }

    private interface Answer {
        Object to(String method, Object[] arguments);
    }

    private static <T> T fake(Class<T> type, Answer answer) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> answer.to(method.getName(), arguments)));
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
        assertNull(aborted);
        assertEquals("eve", caller.getUserPrincipal().getName());
        assertTrue(caller.isUserInRole("ENGINEER"));
        assertFalse(caller.isUserInRole("VIEWER"));
        assertEquals(List.of("192.0.2.9"), origins);
        assertEquals("       ", new String(secrets.get(0)), "the password is wiped");
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
    void aWrongLoginIsRefusedEvenWhereNoneIsNeeded() throws Exception {
        for (String pair : new String[] {"eve:wrong", "nobody:se:cret", "no colon"}) {
            login(pair);
            ask("open");
            assertEquals("UNAUTHENTICATED", refusedWith(401), pair);
        }
        for (String header : new String[] {"Bearer abc", "Basic ***", "Basic"}) {
            headers.put("Authorization", header);
            ask("open");
            assertEquals("UNAUTHENTICATED", refusedWith(401), header);
        }
    }

    @Test
    void aLoginThatCannotBeCheckedNowIsNoWrongLogin() throws Exception {
        login("busy:x");
        ask("read");
        assertEquals("BUSY", refusedWith(503));
        assertEquals("1", aborted.getHeaderString("Retry-After"));
    }

    @Test
    void changesAreNotTakenFromOtherSites() throws Exception {
        login("eve:se:cret");
        headers.put("Sec-Fetch-Site", "cross-site");
        ask("read");
        assertNull(aborted, "reading is harmless");
        verb = "POST";
        ask("write");
        assertEquals("FORBIDDEN", refusedWith(403));
        headers.put("Sec-Fetch-Site", "same-origin");
        ask("write");
        assertNull(aborted);
    }
}
