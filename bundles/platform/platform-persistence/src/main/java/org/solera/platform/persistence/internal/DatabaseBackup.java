// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.persistence.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.solera.platform.api.Appliance;
import org.solera.platform.api.Lease;
import org.solera.platform.api.PlatformError;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.backup.BackupPart;
import org.solera.platform.persistence.api.Migration;

/**
 * Backs the rows of all units up. The dump goes to a file first, so that a slow receiver holds nothing in the database; the
 * embedded database takes no changes for that moment, a server shows a snapshot.
 */
@Component(service = BackupPart.class)
public final class DatabaseBackup implements BackupPart {
    private static final Logger log = LoggerFactory.getLogger(DatabaseBackup.class);
    private static final Duration GATE_LIMIT = Duration.ofSeconds(10);
    private static final int ORDER = 10;

    private final Persistence persistence;
    private final Appliance appliance;

    @Activate
    public DatabaseBackup(@Reference Persistence persistence, @Reference Appliance appliance) {
        this.persistence = persistence;
        this.appliance = appliance;
    }

    @Override
    public String id() {
        return "database";
    }

    @Override
    public int order() {
        return ORDER;
    }

    @Override
    public void write(OutputStream out) throws SoleraException, IOException {
        OpenDatabase database = database();
        Path file = Files.createTempFile(
                appliance.cacheDirectory("persistence"),
                "dump-",
                ".jsonl",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try {
            dump(database, file);
            Files.copy(file, out);
        } finally {
            Files.delete(file);
        }
    }

    private void dump(OpenDatabase database, Path file) throws SoleraException, IOException {
        boolean snapshot = database.source().kind() == Kind.POSTGRESQL;
        Lease entered =
                snapshot ? database.gate().change(GATE_LIMIT) : database.gate().alone(GATE_LIMIT);
        try (Connection connection = database.source().maintenance();
                OutputStream out = Files.newOutputStream(file)) {
            connection.setAutoCommit(false);
            connection.setTransactionIsolation(
                    snapshot ? Connection.TRANSACTION_REPEATABLE_READ : Connection.TRANSACTION_READ_COMMITTED);
            try {
                Dump.write(connection, known().keySet(), out);
            } finally {
                connection.rollback();
            }
        } catch (SQLException failure) {
            throw SqlFailures.ofSql(failure);
        } finally {
            entered.close();
        }
    }

    @Override
    public void check(InputStream in) throws SoleraException, IOException {
        Restore.check(in, known());
    }

    @Override
    public void restore(InputStream in) throws SoleraException, IOException {
        OpenDatabase database = database();
        Map<String, List<Migration>> known = known();
        Lease entered = database.gate().alone(GATE_LIMIT);
        try (Connection connection = database.source().maintenance()) {
            connection.setAutoCommit(false);
            Migrator migrator = new Migrator(database.source().kind());
            migrator.createTable(connection);
            try {
                Restore.run(connection, migrator, in, known);
                connection.commit();
            } finally {
                connection.rollback();
            }
        } catch (SQLException failure) {
            throw SqlFailures.ofSql(failure);
        } finally {
            entered.close();
        }
        log.info("The rows of {} were restored.", String.join(", ", known.keySet()));
        persistence.units().forEach(ServedUnit::renew);
    }

    private OpenDatabase database() throws SoleraException {
        OpenDatabase database = persistence.database();
        if (database == null) {
            throw SqlFailures.of(PlatformError.BUSY, "The database is away.", SqlFailures.TRY_AGAIN, null);
        }
        return database;
    }

    /** {@return the steps by unit; of two versions of a unit, those of the one that knows more} */
    private Map<String, List<Migration>> known() {
        Map<String, List<Migration>> known = new TreeMap<>();
        persistence
                .units()
                .forEach(unit -> known.merge(
                        unit.name(), unit.migrations(), (one, other) -> one.size() >= other.size() ? one : other));
        return known;
    }
}
