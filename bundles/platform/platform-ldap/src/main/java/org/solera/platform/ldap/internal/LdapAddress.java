// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.ldap.internal;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Where a directory listens.
 *
 * @param tls whether the connection is encrypted from its first byte
 * @param host name or address
 * @param port 1 to 65,535
 */
record LdapAddress(boolean tls, String host, int port) {
    private static final int LDAP = 389;
    private static final int LDAPS = 636;
    private static final int MOST = 4;

    /** Reads addresses by blanks. */
    static List<LdapAddress> parse(String text) throws DirectoryException {
        List<LdapAddress> addresses = new ArrayList<>();
        for (String each : text.strip().split("\\s+")) {
            addresses.add(parseOne(each));
        }
        if (addresses.size() > MOST) {
            throw DirectoryException.invalid("url: at most %d addresses can be given.".formatted(MOST), null);
        }
        return List.copyOf(addresses);
    }

    private static LdapAddress parseOne(String text) throws DirectoryException {
        try {
            URI uri = new URI(text);
            String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
            String host = uri.getHost();
            if (host == null || !scheme.equals("ldap") && !scheme.equals("ldaps") || more(uri)) {
                throw refused(text, null);
            }
            boolean tls = scheme.equals("ldaps");
            int port = uri.getPort() < 0 ? tls ? LDAPS : LDAP : uri.getPort();
            if (port < 1 || port > 65_535) {
                throw refused(text, null);
            }
            return new LdapAddress(tls, host.replaceAll("[\\[\\]]", ""), port);
        } catch (URISyntaxException malformed) {
            throw refused(text, malformed);
        }
    }

    private static boolean more(URI uri) {
        String path = uri.getPath();
        return path != null && !path.isEmpty() && !path.equals("/")
                || uri.getQuery() != null
                || uri.getUserInfo() != null
                || uri.getFragment() != null;
    }

    private static DirectoryException refused(String text, @Nullable Throwable cause) {
        return DirectoryException.invalid(
                "url: '%s' is not written ldaps://HOST:PORT or ldap://HOST:PORT.".formatted(text), cause);
    }

    @Override
    public String toString() {
        return (tls ? "ldaps://" : "ldap://") + (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
    }
}
