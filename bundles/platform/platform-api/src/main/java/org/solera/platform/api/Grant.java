// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.api;

/**
 * A role and where it holds. As text {@code OWNER} or {@code OPERATOR@bucket:photos}.
 *
 * @param role what may be done
 * @param scope where
 */
public record Grant(Role role, Scope scope) {
    /** {@return the role on the whole appliance} */
    public static Grant everywhere(Role role) {
        return new Grant(role, Scope.EVERYWHERE);
    }

    /**
     * Reads the text form.
     *
     * @throws IllegalArgumentException if the text is none
     */
    public static Grant parse(String text) {
        int at = text.indexOf('@');
        return at < 0
                ? everywhere(Role.valueOf(text))
                : new Grant(Role.valueOf(text.substring(0, at)), Scope.parse(text.substring(at + 1)));
    }

    @Override
    public String toString() {
        return scope.kind() == Scope.Kind.EVERYWHERE ? role.name() : role.name() + "@" + scope;
    }
}
