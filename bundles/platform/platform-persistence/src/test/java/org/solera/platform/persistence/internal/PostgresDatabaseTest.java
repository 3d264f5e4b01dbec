// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.persistence.internal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.solera.bench.appliance.PostgresServer;

/** A real PostgreSQL server. */
class PostgresDatabaseTest extends DatabaseContract {
    private static PostgresServer server;
    private static final Map<Path, String> DATABASES = new HashMap<>();

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        server = PostgresServer.start();
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
    }

    @Override
    DatabaseBox open(Path folder) throws IOException, InterruptedException {
        String name = DATABASES.get(folder);
        if (name == null) {
            name = "test" + DATABASES.size();
            server.createDatabase(name);
            DATABASES.put(folder, name);
        }
        return DatabaseBox.server(folder, server.url(name), server.user(), server.password());
    }

    @Override
    DatabaseBox openOther(Path folder) {
        return DatabaseBox.embedded(folder);
    }
}
