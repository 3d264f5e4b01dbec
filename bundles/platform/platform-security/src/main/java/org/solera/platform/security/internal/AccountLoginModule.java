// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.security.internal;

import java.io.IOException;
import java.security.Principal;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.security.auth.Subject;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.CallbackHandler;
import javax.security.auth.callback.NameCallback;
import javax.security.auth.callback.PasswordCallback;
import javax.security.auth.callback.UnsupportedCallbackException;
import javax.security.auth.login.FailedLoginException;
import javax.security.auth.login.LoginException;
import javax.security.auth.spi.LoginModule;
import org.apache.karaf.jaas.boot.principal.RolePrincipal;
import org.apache.karaf.jaas.boot.principal.UserPrincipal;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.solera.platform.api.Authenticator;
import org.solera.platform.api.Identity;
import org.solera.platform.api.Role;
import org.solera.platform.api.SoleraException;

/**
 * The login of the SSH shell: the accounts of {@link Authenticator}, as Karaf's principals. A user has the roles that hold
 * on the whole appliance by their own names, and those of Karaf: everybody who may do something at all {@code ssh} and
 * {@code viewer}, an engineer {@code manager} too, an owner all. Used by one thread.
 */
public final class AccountLoginModule implements LoginModule {
    private static final Set<String> EVERYBODY = Set.of("ssh", "viewer");
    private static final Set<String> ENGINEERS = Set.of("manager");
    private static final Set<String> OWNERS = Set.of("admin", "manager", "systembundles");
    private static final String ORIGIN = "ssh";

    private final Set<Principal> principals = new HashSet<>();
    private @Nullable Subject subject;
    private @Nullable CallbackHandler callbacks;
    private @Nullable BundleContext context;

    @Override
    public void initialize(Subject subject, CallbackHandler callbacks, Map<String, ?> shared, Map<String, ?> options) {
        this.subject = subject;
        this.callbacks = callbacks;
        this.context = (BundleContext) options.get(BundleContext.class.getName());
    }

    @Override
    public boolean login() throws LoginException {
        if (callbacks == null || context == null) {
            throw new LoginException("The login module was not initialised.");
        }
        NameCallback name = new NameCallback("name");
        PasswordCallback password = new PasswordCallback("password", false);
        try {
            callbacks.handle(new Callback[] {name, password});
        } catch (IOException | UnsupportedCallbackException failure) {
            throw failed("The name and the password could not be asked for.", failure);
        }
        char[] secret = password.getPassword();
        password.clearPassword();
        if (name.getName() == null || secret == null) {
            throw new FailedLoginException("A name and a password are needed.");
        }
        try {
            Identity identity = authenticate(context, name.getName(), secret)
                    .orElseThrow(() -> new FailedLoginException("Name and password do not belong together."));
            principals.addAll(principals(identity));
            return true;
        } finally {
            Arrays.fill(secret, ' ');
        }
    }

    private static Optional<Identity> authenticate(BundleContext context, String name, char[] secret)
            throws LoginException {
        ServiceReference<Authenticator> reference = context.getServiceReference(Authenticator.class);
        Authenticator authenticator = reference == null ? null : context.getService(reference);
        if (reference == null || authenticator == null) {
            throw new LoginException("Nobody can log in at the moment.");
        }
        try {
            return authenticator.authenticate(name, secret, ORIGIN);
        } catch (SoleraException refusal) {
            throw failed(refusal.explain(), refusal);
        } finally {
            context.ungetService(reference);
        }
    }

    static Set<Principal> principals(Identity identity) {
        Set<Principal> principals = new HashSet<>();
        principals.add(new UserPrincipal(identity.name()));
        identity.roles().forEach(role -> principals.add(new RolePrincipal(role.name())));
        Set<String> shell = new HashSet<>();
        if (!identity.grants().isEmpty()) {
            shell.addAll(EVERYBODY);
        }
        if (identity.roles().contains(Role.ENGINEER)) {
            shell.addAll(ENGINEERS);
        }
        if (identity.roles().contains(Role.OWNER)) {
            shell.addAll(OWNERS);
        }
        shell.forEach(role -> principals.add(new RolePrincipal(role)));
        return principals;
    }

    private static LoginException failed(String message, Exception cause) {
        LoginException failure = new LoginException(message);
        failure.initCause(cause);
        return failure;
    }

    @Override
    public boolean commit() {
        if (subject != null) {
            subject.getPrincipals().addAll(principals);
        }
        return true;
    }

    @Override
    public boolean abort() {
        principals.clear();
        return true;
    }

    @Override
    public boolean logout() {
        if (subject != null) {
            subject.getPrincipals().removeAll(principals);
        }
        principals.clear();
        return true;
    }
}
