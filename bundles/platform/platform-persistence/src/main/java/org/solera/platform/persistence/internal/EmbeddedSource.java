// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.persistence.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.apache.derby.jdbc.EmbeddedDataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Derby in this process. A database is made beside its place and moved there once it is whole, so that a cut during the
 * first start leaves nothing that would have to be repaired.
 */
final class EmbeddedSource implements Source {
    private static final Logger log = LoggerFactory.getLogger(EmbeddedSource.class);
    /** A writer waits this long for a row that another one holds; shorter than a call. */
    private static final int LOCK_SECONDS = 3;

    private static final String STOPPED = "08006";
    private static final String ALL_STOPPED = "XJ015";

    private final Path database;
    private final EmbeddedDataSource connections;
    private final DerbyLog derbyLog;

    private EmbeddedSource(Path database, DerbyLog derbyLog) {
        this.database = database;
        this.derbyLog = derbyLog;
        this.connections = named(database);
    }

    /** Opens the database in the folder, makes it if there is none, and runs its recovery if the last process was cut. */
    static EmbeddedSource open(Path folder) throws SQLException, IOException {
        DerbyLog derbyLog = DerbyLog.install(folder);
        EmbeddedSource source = new EmbeddedSource(folder.resolve("derby"), derbyLog);
        try {
            if (!Files.exists(source.database)) {
                create(folder.resolve("derby.new"), source.database);
            }
            try (Connection first = source.connections.getConnection()) {
                derbyLog.taken();
                source.tune(first);
            }
            return source;
        } catch (SQLException | IOException failure) {
            source.close();
            throw failure;
        }
    }

    private static EmbeddedDataSource named(Path database) {
        EmbeddedDataSource source = new EmbeddedDataSource();
        source.setDatabaseName(database.toAbsolutePath().toString());
        return source;
    }

    private static void create(Path making, Path database) throws SQLException, IOException {
        delete(making);
        EmbeddedDataSource maker = named(making);
        maker.setCreateDatabase("create");
        maker.getConnection().close();
        stop(making);
        Files.move(making, database, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            List<Path> all;
            try (Stream<Path> walk = Files.walk(folder)) {
                all = walk.sorted(Comparator.reverseOrder()).toList();
            }
            for (Path each : all) {
                Files.delete(each);
            }
        }
    }

    private void tune(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            set(statement, "derby.locks.waitTimeout", LOCK_SECONDS);
            set(statement, "derby.locks.deadlockTimeout", 1);
        }
    }

    private static void set(Statement statement, String key, int value) throws SQLException {
        statement.execute("CALL SYSCS_UTIL.SYSCS_SET_DATABASE_PROPERTY('%s', '%d')".formatted(key, value));
    }

    @Override
    public Kind kind() {
        return Kind.DERBY;
    }

    @Override
    public DataSource connections() {
        return connections;
    }

    @Override
    public Connection maintenance() throws SQLException {
        return connections.getConnection();
    }

    @Override
    public long sizeBytes() {
        try (Stream<Path> walk = Files.walk(database)) {
            return walk.mapToLong(EmbeddedSource::sizeOf).sum();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static long sizeOf(Path file) {
        try {
            return Files.isRegularFile(file) ? Files.size(file) : 0;
        } catch (NoSuchFileException gone) {
            return 0; // a log file that was used up between the two looks
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Writes a checkpoint and gives the files up; the next start needs no recovery. */
    @Override
    public void close() {
        try {
            stop(database);
        } catch (SQLException failure) {
            log.warn("The embedded database did not stop cleanly; its next start runs recovery.", failure);
        }
        try {
            EmbeddedDataSource engine = new EmbeddedDataSource();
            engine.setDatabaseName("");
            engine.setConnectionAttributes("shutdown=true");
            engine.getConnection().close();
        } catch (SQLException stopped) {
            if (!ALL_STOPPED.equals(stopped.getSQLState())) {
                log.warn("The engine of the embedded database did not stop cleanly.", stopped);
            }
        }
        derbyLog.close();
    }

    /** Derby answers a stop by an exception, also when there was nothing to stop. */
    private static void stop(Path database) throws SQLException {
        EmbeddedDataSource stopper = named(database);
        stopper.setShutdownDatabase("shutdown");
        try {
            stopper.getConnection().close();
        } catch (SQLException stopped) {
            if (!STOPPED.equals(stopped.getSQLState()) && Files.exists(database)) {
                throw stopped;
            }
        }
    }
}
