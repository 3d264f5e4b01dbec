// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.notices.internal;

import java.util.Map;

/**
 * Where syslog lines go.
 *
 * @param server name or address
 * @param port its port
 * @param transport how they go there
 * @param facility 0 to 23
 * @param authority certificates that are trusted, PEM; empty for those of the Java runtime
 * @param box name of the box in each line
 */
record SyslogTarget(String server, int port, Transport transport, int facility, String authority, String box) {
    /** How lines are sent. */
    enum Transport {
        UDP,
        TCP,
        TLS
    }

    private static final int LOCAL0 = 16;

    static SyslogTarget of(Map<String, Object> values, String box) {
        Values read = new Values(values);
        return new SyslogTarget(
                read.text("server"),
                (int) read.number("port"),
                switch (read.text("transport")) {
                    case "tcp" -> Transport.TCP;
                    case "tls" -> Transport.TLS;
                    default -> Transport.UDP;
                },
                facility(read.text("facility")),
                read.text("authorityPem"),
                box);
    }

    static int facility(String name) {
        return switch (name) {
            case "user" -> 1;
            case "daemon" -> 3;
            default -> LOCAL0 + (name.startsWith("local") ? name.charAt(name.length() - 1) - '0' : 0);
        };
    }
}
