// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.persistence.internal;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.solera.bench.appliance.PostgresServer;

/** The embedded database. */
class DerbyDatabaseTest extends DatabaseContract {
    private static PostgresServer other;
    private static int databases;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        other = PostgresServer.start();
    }

    @AfterAll
    static void stop() throws IOException {
        other.close();
    }

    @Override
    DatabaseBox open(Path folder) {
        return DatabaseBox.embedded(folder);
    }

    @Override
    DatabaseBox openOther(Path folder) throws IOException, InterruptedException {
        databases++;
        other.createDatabase("other" + databases);
        return DatabaseBox.server(folder, other.url("other" + databases), other.user(), other.password());
    }
}
