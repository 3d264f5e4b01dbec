// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.notices.internal;

import java.util.List;
import java.util.Map;

/**
 * Where mails go.
 *
 * @param server name or address of the mail server
 * @param port its port
 * @param encryption how the connection is encrypted
 * @param user login name; empty for none
 * @param password its password
 * @param sender address that the mail comes from
 * @param recipients addresses that it goes to
 * @param chinese whether it is written in Chinese
 * @param authority certificates that are trusted, PEM; empty for those of the Java runtime
 * @param box what the box is called, for the subject
 */
record MailTarget(
        String server,
        int port,
        Encryption encryption,
        String user,
        String password,
        String sender,
        List<String> recipients,
        boolean chinese,
        String authority,
        String box) {
    /** How a connection is encrypted. */
    enum Encryption {
        NONE,
        /** Begins in the clear; without an upgrade nothing is sent. */
        STARTTLS,
        TLS;

        static Encryption of(String text) {
            return switch (text) {
                case "tls" -> TLS;
                case "none" -> NONE;
                default -> STARTTLS;
            };
        }
    }

    MailTarget {
        recipients = List.copyOf(recipients);
    }

    /** {@return the target of checked values of the settings} */
    static MailTarget of(Map<String, Object> values, String box) {
        Values read = new Values(values);
        return new MailTarget(
                read.text("server"),
                (int) read.number("port"),
                Encryption.of(read.text("encryption")),
                read.text("user"),
                read.text("password"),
                read.text("sender"),
                read.list("recipients"),
                read.text("language").equals("zh"),
                read.text("authorityPem"),
                box);
    }

    @Override
    public String toString() {
        return "MailTarget[" + server + ":" + port + "]";
    }
}
