// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.security.internal;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.solera.platform.api.Authenticator;
import org.solera.platform.api.Identity;
import org.solera.platform.api.PlatformError;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.access.AccountRow;

/** The login by name and password alone: HTTP Basic and the shell. */
@Component(service = Authenticator.class)
public final class ThrottledAuthenticator implements Authenticator {
    private static final Pattern CODE = Pattern.compile("[0-9]{6}|[a-zA-Z0-9]{4}(-[a-zA-Z0-9]{4}){2}");

    private final AccountBook book;
    private final PasswordCheck passwords;
    private final SecondFactors factors;

    @Activate
    public ThrottledAuthenticator(
            @Reference AccountBook book, @Reference PasswordCheck passwords, @Reference SecondFactors factors) {
        this.book = book;
        this.passwords = passwords;
        this.factors = factors;
    }

    @Override
    public Optional<Identity> authenticate(String name, char[] password, String origin) throws SoleraException {
        boolean coded = book.snapshot()
                .user(PasswordCheck.folded(name))
                .map(row -> row.user().secondFactor())
                .orElse(false);
        if (coded && PasswordCheck.isShell(origin)) {
            return withCode(name, password, origin);
        }
        return accept(passwords.check(name, password, origin), false);
    }

    /** Takes the password, a blank and the code or a recovery code. */
    private Optional<Identity> withCode(String name, char[] both, String origin) throws SoleraException {
        int blank = both.length - 1;
        while (blank >= 0 && both[blank] != ' ') {
            blank--;
        }
        String code = new String(both, blank + 1, both.length - blank - 1);
        if (blank <= 0 || !CODE.matcher(code).matches()) {
            return accept(passwords.check(name, both, origin), false);
        }
        char[] password = Arrays.copyOf(both, blank);
        try {
            Optional<AccountRow.UserRow> row = passwords.check(name, password, origin);
            if (row.isPresent()
                    && row.get().user().secondFactor()
                    && !factors.take(row.get().user().name(), code)) {
                return Optional.empty();
            }
            return accept(row, true);
        } finally {
            Arrays.fill(password, ' ');
        }
    }

    private Optional<Identity> accept(Optional<AccountRow.UserRow> row, boolean coded) throws SoleraException {
        if (row.isEmpty()) {
            return Optional.empty();
        }
        if (row.get().user().secondFactor() && !coded) {
            throw new SoleraException(
                    PlatformError.UNAUTHENTICATED,
                    "This user has a second factor; the password alone opens nothing.",
                    "Use a token, or sign in at the console. In the shell, type the password, a blank and the code.",
                    null);
        }
        if (row.get().user().mustChangePassword()) {
            throw new SoleraException(
                    PlatformError.UNAUTHENTICATED,
                    "This password has to be changed before it opens anything.",
                    "Sign in at the console and set a new one.",
                    null);
        }
        String name = row.get().user().name();
        passwords.signedIn(name);
        return Optional.of(book.snapshot().identity(name));
    }
}
