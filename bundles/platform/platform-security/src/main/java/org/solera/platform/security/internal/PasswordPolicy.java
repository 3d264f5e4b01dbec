// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.security.internal;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.solera.platform.api.Accounts;
import org.solera.platform.api.SoleraException;

/** What a password has to be. Immutable. */
@Component(service = PasswordPolicy.class, configurationPid = PasswordPolicy.PID)
@Designate(ocd = PasswordPolicy.Config.class)
public final class PasswordPolicy {
    /** PID of its configuration. */
    static final String PID = "solera.platform.passwords";

    /** The policy where nothing is set. */
    static final PasswordPolicy OTHERWISE = new PasswordPolicy(Accounts.SHORTEST_PASSWORD);

    /** Configuration of the policy. */
    @ObjectClassDefinition(name = "Passwords", description = "What a password has to be.")
    public @interface Config {
        @AttributeDefinition(name = "Shortest password", description = "In characters.", min = "12", max = "128")
        int minimumLength() default Accounts.SHORTEST_PASSWORD;
    }

    private final int minimumLength;

    @Activate
    public PasswordPolicy(Config config) {
        this(config.minimumLength());
    }

    PasswordPolicy(int minimumLength) {
        this.minimumLength = Math.max(Accounts.SHORTEST_PASSWORD, Math.min(minimumLength, 128));
    }

    /** @throws SoleraException if this may not be the password of the user of this name */
    void check(String name, char[] password) throws SoleraException {
        if (password.length < minimumLength || password.length > Accounts.LONGEST_PASSWORD) {
            throw Refusals.invalid(
                    "A password has %d to %d characters; this one has %d."
                            .formatted(minimumLength, Accounts.LONGEST_PASSWORD, password.length),
                    "Choose another one.");
        }
        String text = new String(password);
        if (text.equalsIgnoreCase(name) || text.chars().distinct().count() < 4) {
            throw Refusals.invalid(
                    "A password is not the login name and has at least 4 different characters.", "Choose another one.");
        }
    }
}
