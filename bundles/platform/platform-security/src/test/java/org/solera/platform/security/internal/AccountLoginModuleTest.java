// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.security.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.security.Principal;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import javax.security.auth.Subject;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.CallbackHandler;
import javax.security.auth.callback.NameCallback;
import javax.security.auth.callback.PasswordCallback;
import javax.security.auth.login.FailedLoginException;
import javax.security.auth.login.LoginException;
import org.junit.jupiter.api.Test;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.solera.platform.api.Authenticator;
import org.solera.platform.api.Grant;
import org.solera.platform.api.Identity;
import org.solera.platform.api.PlatformError;
import org.solera.platform.api.Role;
import org.solera.platform.api.SoleraException;

class AccountLoginModuleTest {
    private final AccountLoginModule module = new AccountLoginModule();
    private final Subject subject = new Subject();
    private char[] given = new char[0];
    private int held;
    private Authenticator accounts = (name, password, origin) -> {
        given = password;
        assertEquals("ssh", origin);
        return Arrays.equals(password, "secret".toCharArray())
                ? Optional.of(Identity.of(name, Set.of(name.equals("olga") ? Role.OWNER : Role.VIEWER)))
                : Optional.empty();
    };

    private BundleContext context() {
        ServiceReference<?> reference = (ServiceReference<?>) Proxy.newProxyInstance(
                AccountLoginModuleTest.class.getClassLoader(),
                new Class<?>[] {ServiceReference.class},
                (proxy, method, arguments) -> {
                    throw new UnsupportedOperationException(method.getName());
                });
        return (BundleContext) Proxy.newProxyInstance(
                AccountLoginModuleTest.class.getClassLoader(),
                new Class<?>[] {BundleContext.class},
                (proxy, method, arguments) -> {
                    switch (method.getName()) {
                        case "getServiceReference" -> {
                            return accounts == null ? null : reference;
                        }
                        case "getService" -> {
                            held++;
                            return accounts;
                        }
                        case "ungetService" -> {
                            held--;
                            return true;
                        }
                        default -> throw new UnsupportedOperationException(method.getName());
                    }
                });
    }

    private AccountLoginModule login(String name, String password) {
        return login(callbacks -> {
            for (Callback each : callbacks) {
                if (each instanceof NameCallback asked) {
                    asked.setName(name);
                } else if (each instanceof PasswordCallback asked) {
                    asked.setPassword(password == null ? null : password.toCharArray());
                }
            }
        });
    }

    private AccountLoginModule login(CallbackHandler callbacks) {
        module.initialize(subject, callbacks, Map.of(), Map.of(BundleContext.class.getName(), context()));
        return module;
    }

    private Set<String> names() {
        Set<String> names = new TreeSet<>();
        subject.getPrincipals().stream().map(Principal::getName).forEach(names::add);
        return names;
    }

    @Test
    void theOwnerMayAdministerTheShell() throws Exception {
        assertTrue(login("olga", "secret").login());
        assertEquals(Set.of(), names(), "nobody is anybody before the commit");
        assertTrue(module.commit());
        assertEquals(Set.of("olga", "OWNER", "ssh", "admin", "manager", "viewer", "systembundles"), names());
        assertEquals(0, held, "the service is given back");
        assertTrue(module.logout());
        assertEquals(Set.of(), names());
    }

    @Test
    void everyRoleHasItsPlaceInTheShell() {
        assertEquals(Set.of("vic", "VIEWER", "ssh", "viewer"), shellRoles(Identity.of("vic", Role.VIEWER)));
        assertEquals(
                Set.of("eve", "ENGINEER", "ssh", "viewer", "manager"), shellRoles(Identity.of("eve", Role.ENGINEER)));
        assertEquals(
                Set.of("ben", "ssh", "viewer"),
                shellRoles(new Identity("ben", Set.of(Grant.parse("OWNER@bucket:photos")))),
                "an owner of one bucket administers no shell");
        assertEquals(Set.of("nil"), shellRoles(Identity.of("nil")), "who may nothing has no shell");
    }

    private static Set<String> shellRoles(Identity identity) {
        Set<String> names = new TreeSet<>();
        AccountLoginModule.principals(identity).stream().map(Principal::getName).forEach(names::add);
        return names;
    }

    @Test
    void aWrongPasswordIsRefusedAndWiped() {
        assertThrows(FailedLoginException.class, () -> login("olga", "wrong").login());
        assertArrayEquals("     ".toCharArray(), given);
        assertTrue(module.commit());
        assertEquals(Set.of(), names());
        assertEquals(0, held);
    }

    @Test
    void aLoginThatWasAbortedLeavesNothing() throws Exception {
        assertTrue(login("olga", "secret").login());
        assertTrue(module.abort());
        assertTrue(module.commit());
        assertEquals(Set.of(), names());
    }

    @Test
    void aMissingNameOrPasswordOrPrompterIsRefused() {
        assertThrows(FailedLoginException.class, () -> login(null, "secret").login());
        assertThrows(FailedLoginException.class, () -> login("olga", null).login());
        LoginException silent = assertThrows(
                LoginException.class,
                () -> login(callbacks -> {
                            throw new IOException("gone");
                        })
                        .login());
        assertTrue(silent.getCause() instanceof IOException);
        assertThrows(LoginException.class, () -> new AccountLoginModule().login());
        assertEquals(0, given.length, "nobody was asked");
    }

    @Test
    void aLoginThatCannotBeCheckedNowSaysWhy() {
        accounts = (name, password, origin) -> {
            throw new SoleraException(PlatformError.BUSY, "Too many people log in.", "Wait a moment.", null);
        };
        LoginException busy =
                assertThrows(LoginException.class, () -> login("olga", "secret").login());
        assertFalse(busy instanceof FailedLoginException);
        assertTrue(busy.getMessage().contains("Too many people log in."), busy.getMessage());
        assertEquals(0, held);
        accounts = null;
        LoginException nobody =
                assertThrows(LoginException.class, () -> login("olga", "secret").login());
        assertEquals("Nobody can log in at the moment.", nobody.getMessage());
    }
}
