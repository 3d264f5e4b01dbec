// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.persistence.internal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.solera.bench.appliance.PostgresServer;

/** One server for a test class, with a database for each folder. */
final class TestServers implements AutoCloseable {
    private final PostgresServer server;
    private final Map<Path, String> databases = new HashMap<>();

    TestServers() throws IOException, InterruptedException {
        this.server = PostgresServer.start();
    }

    DatabaseBox box(Path folder) throws IOException, InterruptedException {
        String name = databases.get(folder);
        if (name == null) {
            name = "test" + databases.size();
            server.createDatabase(name);
            databases.put(folder, name);
        }
        return DatabaseBox.server(folder, server.url(name), server.user(), server.password());
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
