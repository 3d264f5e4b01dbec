// SPDX-License-Identifier: Apache-2.0
package org.solera.bench.appliance;

import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the appliance tells once, at its first boot.
 *
 * @param user name of the administrator
 * @param password password of the administrator
 * @param accessKey access key id of S3 and Kodo clients
 * @param secretKey its secret
 */
public record Credentials(String user, String password, String accessKey, String secretKey) {
    /** {@return a text without secrets} */
    @Override
    public String toString() {
        return "Credentials[" + user + ", " + accessKey + "]";
    }

    /**
     * Reads what the launcher printed.
     *
     * @throws IOException if something is missing
     */
    public static Credentials from(String output) throws IOException {
        return new Credentials(
                "admin", value(output, "admin password"), value(output, "access key"), value(output, "secret key"));
    }

    private static String value(String output, String label) throws IOException {
        Matcher line = Pattern.compile("^\\s*" + label + ": (\\S+)$", Pattern.MULTILINE)
                .matcher(output);
        if (!line.find()) {
            throw new IOException("The first boot printed no " + label + ".");
        }
        return line.group(1);
    }
}
