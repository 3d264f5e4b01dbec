// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.persistence.internal;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** On a real PostgreSQL server. */
class PostgresDatabaseTest extends DatabaseContract {
    private static TestServers servers;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        servers = new TestServers();
    }

    @AfterAll
    static void stop() throws IOException {
        servers.close();
    }

    @Override
    DatabaseBox open(Path folder) throws IOException, InterruptedException {
        return servers.box(folder);
    }
}
