// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.persistence.internal;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** A PostgreSQL server. Whatever it does not answer, the socket gives up after a bounded time. */
final class ServerSource implements Source {
    private static final int MAINTENANCE_SECONDS = 600;

    private final PGSimpleDataSource connections;
    private final PGSimpleDataSource maintenance;

    ServerSource(String url, String user, String password, Limits limits) {
        int begin = (int) limits.begin().toSeconds();
        this.connections = source(url, user, password, begin);
        connections.setSocketTimeout(limits.statementSeconds() + 1);
        connections.setOptions(
                "-c statement_timeout=%1$d -c lock_timeout=%1$d -c idle_in_transaction_session_timeout=%2$d"
                        .formatted(
                                limits.statement().toMillis(),
                                4 * limits.statement().toMillis()));
        this.maintenance = source(url, user, password, begin);
        maintenance.setSocketTimeout(MAINTENANCE_SECONDS);
        maintenance.setOptions("-c lock_timeout=" + limits.statement().toMillis());
    }

    private static PGSimpleDataSource source(String url, String user, String password, int beginSeconds) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(url);
        if (!user.isEmpty()) {
            source.setUser(user);
        }
        if (!password.isEmpty()) {
            source.setPassword(password);
        }
        source.setApplicationName("solera");
        source.setConnectTimeout(beginSeconds);
        source.setLoginTimeout(beginSeconds);
        source.setTcpKeepAlive(true);
        return source;
    }

    @Override
    public Kind kind() {
        return Kind.POSTGRESQL;
    }

    @Override
    public DataSource connections() {
        return connections;
    }

    @Override
    public Connection maintenance() throws SQLException {
        return maintenance.getConnection();
    }

    @Override
    public long sizeBytes() throws SQLException {
        try (Connection connection = connections.getConnection();
                Statement statement = connection.createStatement();
                ResultSet size = statement.executeQuery("select pg_database_size(current_database())")) {
            return size.next() ? size.getLong(1) : 0;
        }
    }

    @Override
    public void close() {
        // every connection has an owner that closes it
    }
}
