// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.rest.internal;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** What the console port asks of the target and the method of a request before it passes them on. */
final class RequestTarget {
    /** Methods that are for proxies; nothing here serves them. */
    static final Set<String> REFUSED_METHODS = Set.of("TRACE", "TRACK", "CONNECT");

    private static final String UNSAFE = "\"<>[\\]^`{|}#";
    private static final Pattern DOT = Pattern.compile("%2e", Pattern.CASE_INSENSITIVE);

    private RequestTarget() {}

    /**
     * {@return whether the path has a step up or a step nowhere, however it is written} The container would resolve it and
     * leave the application that was asked for.
     */
    static boolean climbs(String target) {
        for (String step : path(target).split("/", -1)) {
            int parameter = step.indexOf(';');
            String name = DOT.matcher(parameter < 0 ? step : step.substring(0, parameter))
                    .replaceAll(".");
            if (name.equals(".") || name.equals("..")) {
                return true;
            }
        }
        return false;
    }

    private static String path(String target) {
        int query = target.indexOf('?');
        return query < 0 ? target : target.substring(0, query);
    }

    /** {@return the target with those characters percent-encoded that the container would refuse as they are} */
    static String encoded(String target) {
        StringBuilder text = new StringBuilder(target.length() + 16);
        for (int i = 0; i < target.length(); i++) {
            char c = target.charAt(i);
            if (UNSAFE.indexOf(c) >= 0) {
                text.append('%').append(Integer.toHexString(c).toUpperCase(Locale.ROOT));
            } else {
                text.append(c);
            }
        }
        return text.toString();
    }
}
