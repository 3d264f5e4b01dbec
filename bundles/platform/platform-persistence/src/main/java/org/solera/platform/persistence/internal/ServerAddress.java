// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.persistence.internal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.solera.platform.api.PlatformError;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.secrets.Sealer;

/**
 * Where a PostgreSQL database is, and how to sign in. The settings come first; without an address there, the framework
 * properties {@value #URL}, {@value #USER} and {@value #PASSWORD_FILE} count, so that an appliance can begin its life on a
 * server.
 */
record ServerAddress(String url, String user, String password) {
    static final String URL = "solera.database.url";
    static final String USER = "solera.database.user";
    static final String PASSWORD_FILE = "solera.database.password.file";

    private static final String PURPOSE = Persistence.PID + ".password";

    /** {@return the server, or null for the embedded database} */
    static @Nullable ServerAddress of(PersistenceConfig config, BundleContext context, @Nullable Sealer sealer)
            throws SoleraException, IOException {
        if (!config.url().isBlank()) {
            return new ServerAddress(config.url().strip(), config.user(), open(config.password(), sealer));
        }
        String url = property(context, URL);
        return url.isEmpty()
                ? null
                : new ServerAddress(url, property(context, USER), file(property(context, PASSWORD_FILE)));
    }

    private static String property(BundleContext context, String name) {
        return Objects.requireNonNullElse(context.getProperty(name), "").strip();
    }

    private static String file(String name) throws IOException {
        return name.isEmpty() ? "" : Files.readString(Path.of(name)).strip();
    }

    /** {@return the password in the clear; one that is not sealed is taken as it is} */
    private static String open(String password, @Nullable Sealer sealer) throws SoleraException {
        if (!password.startsWith(Sealer.PREFIX)) {
            return password;
        }
        if (sealer == null) {
            throw new SoleraException(
                    PlatformError.BUSY, "The key that opens the password is not there yet.", "", null);
        }
        byte[] secret = sealer.unseal(PURPOSE, password);
        try {
            return new String(secret, StandardCharsets.UTF_8);
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }

    @Override
    public String toString() {
        return "ServerAddress[" + url + "]";
    }
}
