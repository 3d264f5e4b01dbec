// SPDX-License-Identifier: Apache-2.0
package org.solera.itests;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.solera.bench.appliance.ApplianceBox;
import org.solera.bench.appliance.PostgresServer;

/**
 * Boots appliances of the tests with the database that {@code -Dsolera.itests.database} names: {@code postgresql}, one
 * server with a database for each appliance, or else the embedded one. The server ends with this process.
 */
final class TestDatabase {
    private static PostgresServer server; // guarded by the class

    private TestDatabase() {}

    /** {@return whether people are kept on a server} */
    static boolean isServer() {
        return "postgresql".equals(System.getProperty("solera.itests.database"));
    }

    /**
     * Boots an appliance.
     *
     * @param name of its database, should it have one on the server
     */
    static ApplianceBox boot(Path data, String name) throws IOException, InterruptedException {
        if (!isServer()) {
            return ApplianceBox.boot(Workplace.repository(), data);
        }
        PostgresServer postgres = server();
        postgres.createDatabase(name);
        String options = "-Dsolera.database.url=%s -Dsolera.database.user=%s -Dsolera.database.password.file=%s"
                .formatted(postgres.url(name), postgres.user(), postgres.passwordFile());
        return ApplianceBox.boot(Workplace.repository(), data, Map.of("SOLERA_JAVA_OPTS", options));
    }

    /** {@return what the server answers to a query of one value} */
    static String ask(String name, String query) throws IOException, InterruptedException {
        return server().ask(name, query);
    }

    private static synchronized PostgresServer server() throws IOException, InterruptedException {
        if (server == null) {
            server = PostgresServer.start();
            Runtime.getRuntime().addShutdownHook(new Thread(TestDatabase::stop, "solera-itests-postgresql"));
        }
        return server;
    }

    private static synchronized void stop() {
        try {
            server.close();
        } catch (IOException e) {
            System.err.println("The database server of the tests left something behind: " + e.getMessage());
        }
    }
}
