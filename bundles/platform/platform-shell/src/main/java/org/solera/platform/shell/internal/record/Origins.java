// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.shell.internal.record;

import java.lang.reflect.InvocationTargetException;
import java.net.InetSocketAddress;
import org.apache.felix.service.command.CommandSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says where a session of the shell comes from. */
final class Origins {
    private static final Logger log = LoggerFactory.getLogger(Origins.class);

    /** Under this name the SSH server leaves its own session in that of the shell. */
    private static final String SSH = "org.apache.sshd.server.session.ServerSession";

    private Origins() {}

    /** {@return {@code ssh:<address>}, or {@code local}} */
    static String of(CommandSession session) {
        Object ssh = session.get(SSH);
        if (ssh == null) {
            return "local";
        }
        try {
            // The library of the SSH server is none of ours; its one method is not worth a dependency.
            Object address = ssh.getClass().getMethod("getClientAddress").invoke(ssh);
            return address instanceof InetSocketAddress known && known.getAddress() != null
                    ? "ssh:" + known.getAddress().getHostAddress()
                    : "ssh:" + address;
        } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException unknown) {
            log.debug("The address of an SSH session is not known.", unknown);
            return "ssh";
        }
    }
}
