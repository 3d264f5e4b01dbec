// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.jpa.internal;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.solera.bench.appliance.PostgresServer;
import org.solera.platform.persistence.internal.DatabaseBox;

/** On a real PostgreSQL server. */
class PostgresStoresTest extends StoresContract {
    private static PostgresServer server;
    private static int databases;

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
        databases++;
        server.createDatabase("test" + databases);
        return DatabaseBox.server(folder, server.url("test" + databases), server.user(), server.password());
    }
}
