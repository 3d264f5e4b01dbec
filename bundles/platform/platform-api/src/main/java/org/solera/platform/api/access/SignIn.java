// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.api.access;

import java.util.Arrays;

/**
 * An attempt to sign in.
 *
 * @param name login name
 * @param password the password; the caller clears the array
 * @param code code of the second factor or a recovery code; empty if none was given yet
 * @param origin address it comes from
 * @param agent browser or program
 */
public record SignIn(String name, char[] password, String code, String origin, String agent) {
    @Override
    public String toString() {
        return "SignIn[" + name + " from " + origin + "]";
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SignIn that
                && name.equals(that.name)
                && Arrays.equals(password, that.password)
                && code.equals(that.code)
                && origin.equals(that.origin)
                && agent.equals(that.agent);
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }
}
