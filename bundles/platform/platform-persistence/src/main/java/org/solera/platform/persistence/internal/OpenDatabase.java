// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.persistence.internal;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.solera.platform.api.spi.MetricSource;

/** A database that answered: its source, its pool and the threads of its calls. Owns all three. */
final class OpenDatabase implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(OpenDatabase.class);
    /** Connections beside those of calls: for the probe, and for the check of a schema. */
    private static final int SPARE = 2;

    private static final int PROBE_SECONDS = 1;

    private final Source source;
    private final HikariDataSource pool;
    private final ExecutorService threads;
    private final BoundedCalls calls;
    private final ChangeGate gate = new ChangeGate();
    private final String product;

    private OpenDatabase(
            Source source, HikariDataSource pool, ExecutorService threads, BoundedCalls calls, String product) {
        this.source = source;
        this.pool = pool;
        this.threads = threads;
        this.calls = calls;
        this.product = product;
    }

    /**
     * Opens the pool on a source and takes the source and the threads over, unless it fails.
     *
     * @param threads threads of the calls, as many as {@code poolSize}
     * @param clock for the housekeeping of the pool
     */
    static OpenDatabase open(
            Source source,
            ExecutorService threads,
            ScheduledExecutorService clock,
            int poolSize,
            Limits limits,
            CallFigures figures)
            throws SQLException {
        String product;
        try (Connection first = source.maintenance()) {
            product = first.getMetaData().getDatabaseProductName() + " "
                    + first.getMetaData().getDatabaseProductVersion();
        }
        HikariConfig config = new HikariConfig();
        config.setPoolName("solera-database");
        config.setDataSource(source.connections());
        config.setScheduledExecutor(clock);
        config.setMaximumPoolSize(poolSize + SPARE);
        config.setMinimumIdle(1);
        config.setIdleTimeout(TimeUnit.MINUTES.toMillis(1));
        config.setConnectionTimeout(limits.begin().toMillis());
        config.setValidationTimeout(Math.max(250, limits.begin().toMillis() / 2));
        config.setInitializationFailTimeout(-1);
        config.setAutoCommit(false);
        config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
        return new OpenDatabase(
                source, new HikariDataSource(config), threads, new BoundedCalls(threads, limits, figures), product);
    }

    Source source() {
        return source;
    }

    HikariDataSource pool() {
        return pool;
    }

    BoundedCalls calls() {
        return calls;
    }

    ChangeGate gate() {
        return gate;
    }

    String product() {
        return product;
    }

    /** {@return why the database does not answer, or null if it does} */
    @Nullable
    String probe() {
        try (Connection connection = pool.getConnection()) {
            if (connection.isValid(PROBE_SECONDS)) {
                connection.rollback();
                return null;
            }
            return "The connection broke.";
        } catch (SQLException failure) {
            Throwable cause = failure.getCause() == null ? failure : failure.getCause();
            return String.valueOf(cause.getMessage());
        }
    }

    void collect(MetricSource.Sink sink) {
        HikariPoolMXBean figures = pool.getHikariPoolMXBean();
        if (figures != null) {
            String connections = "solera_platform_database_connections";
            String help = "Connections of the pool.";
            sink.gauge(connections, help, figures.getActiveConnections(), "state", "active");
            sink.gauge(connections, help, figures.getIdleConnections(), "state", "idle");
        }
    }

    /** Lets calls under way end, then closes the pool and the database. Threads are not interrupted: Derby would take harm. */
    @Override
    public void close() {
        threads.shutdown();
        try {
            if (!threads.awaitTermination(5, TimeUnit.SECONDS)) {
                log.warn("Calls of the database did not end within 5 s; their connections are cut.");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        pool.close();
        source.close();
    }
}
