// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.oidc.internal;

/** Where a browser goes after a sign-in: a path of this appliance, never another site. */
final class ReturnPath {
    private static final int LONGEST = 1024;

    private ReturnPath() {}

    /** {@return the path, if it is one of this appliance; else the start page} */
    static String local(String path) {
        boolean local = path.startsWith("/")
                && !path.startsWith("//")
                && path.length() <= LONGEST
                && path.chars().allMatch(each -> each > ' ' && each < 0x7f && each != '\\'); // browsers read \ as /
        return local ? path : "/";
    }
}
