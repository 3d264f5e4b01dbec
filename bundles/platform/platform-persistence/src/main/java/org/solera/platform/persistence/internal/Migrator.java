// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.persistence.internal;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.solera.platform.api.PlatformError;
import org.solera.platform.api.SoleraException;
import org.solera.platform.persistence.api.Migration;

/**
 * Brings the schema of a unit to what its code knows. The table {@value #TABLE} says which steps a database has seen; a step
 * and its row are one transaction, so that a cut leaves a step done or not begun.
 */
final class Migrator {
    private static final Logger log = LoggerFactory.getLogger(Migrator.class);

    /** Name of the table of steps. */
    static final String TABLE = "solera_schema";

    private static final String CREATE = """
            create table solera_schema (
              unit varchar(64) not null,
              version integer not null,
              title varchar(256) not null,
              digest varchar(64) not null,
              applied_at varchar(40) not null,
              primary key (unit, version))""";

    private final Kind kind;

    Migrator(Kind kind) {
        this.kind = kind;
    }

    Kind kind() {
        return kind;
    }

    /**
     * Verifies the steps that were taken and takes those that are left.
     *
     * @param connection one without limits of time; left with automatic commits off and nothing open
     * @return the version that the schema has now
     * @throws SoleraException with {@link PlatformError#CONFLICT} if the schema is newer than the steps, or a step that was
     *     taken is not the one of today
     */
    int migrate(Connection connection, String unit, List<Migration> steps) throws SQLException, SoleraException {
        check(unit, steps);
        connection.setAutoCommit(false);
        createTable(connection);
        int version = 0;
        while (true) {
            lock(connection);
            try {
                version = verify(unit, steps, taken(connection, unit));
                if (version == steps.size()) {
                    return version;
                }
                apply(connection, unit, steps.get(version));
                connection.commit();
            } finally {
                connection.rollback();
            }
            Migration step = steps.get(version);
            log.info("Schema {}: step {} ({}) is done.", unit, step.version(), step.title());
        }
    }

    /** Takes the steps up to a version without a commit, in a database that has none of them. */
    void replay(Connection connection, String unit, List<Migration> steps) throws SQLException {
        for (Migration step : steps) {
            apply(connection, unit, step);
        }
    }

    void createTable(Connection connection) throws SQLException {
        if (exists(connection)) {
            return;
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute(CREATE);
            connection.commit();
        } catch (SQLException failure) {
            connection.rollback();
            if (!exists(connection)) { // another process was faster
                throw failure;
            }
        }
    }

    static boolean exists(Connection connection) throws SQLException {
        DatabaseMetaData meta = connection.getMetaData();
        String name = meta.storesUpperCaseIdentifiers() ? "SOLERA_SCHEMA" : TABLE;
        try (ResultSet tables = meta.getTables(null, connection.getSchema(), name, null)) {
            return tables.next();
        } finally {
            connection.rollback();
        }
    }

    /** Two appliances, or two versions of a bundle, never take the same step at the same time. */
    private static void lock(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("lock table solera_schema in exclusive mode");
        }
    }

    /** {@return digests by version of the steps that a unit has seen} */
    static Map<Integer, String> taken(Connection connection, String unit) throws SQLException {
        Map<Integer, String> taken = new TreeMap<>();
        try (PreparedStatement query =
                connection.prepareStatement("select version, digest from solera_schema where unit = ?")) {
            query.setString(1, unit);
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    taken.put(rows.getInt(1), rows.getString(2));
                }
            }
        }
        return taken;
    }

    /** {@return the greatest version taken} */
    private static int verify(String unit, List<Migration> steps, Map<Integer, String> taken) throws SoleraException {
        int next = 0;
        for (Map.Entry<Integer, String> each : taken.entrySet()) {
            next++;
            if (each.getKey() > steps.size()) {
                throw new SoleraException(
                        PlatformError.CONFLICT,
                        "The schema of %s is at version %d, and this version of the product knows %d."
                                .formatted(unit, taken.size(), steps.size()),
                        "Install the version that wrote it, or restore a backup of this version.",
                        null);
            }
            if (each.getKey() != next || !each.getValue().equals(SqlScript.digest(steps.get(next - 1)))) {
                throw new SoleraException(
                        PlatformError.CONFLICT,
                        "Step %d of the schema of %s is not the one that this database has seen.".formatted(next, unit),
                        "Install a released version, or restore a backup.",
                        null);
            }
        }
        return next;
    }

    private void apply(Connection connection, String unit, Migration step) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : SqlScript.statements(kind.translate(step.sql()))) {
                statement.execute(sql);
            }
        }
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into solera_schema (unit, version, title, digest, applied_at) values (?, ?, ?, ?, ?)")) {
            insert.setString(1, unit);
            insert.setInt(2, step.version());
            insert.setString(3, step.title());
            insert.setString(4, SqlScript.digest(step));
            insert.setString(5, Instant.now().toString());
            insert.executeUpdate();
        }
    }

    private static void check(String unit, List<Migration> steps) throws SoleraException {
        List<String> wrong = new ArrayList<>();
        if (!unit.matches("[a-z]{1,32}")) {
            wrong.add("its name has 1 to 32 lower-case letters");
        }
        for (int i = 0; i < steps.size(); i++) {
            if (steps.get(i).version() != i + 1) {
                wrong.add("its step %d has version %d"
                        .formatted(i + 1, steps.get(i).version()));
            }
        }
        if (!wrong.isEmpty()) {
            throw new SoleraException(
                    PlatformError.INTERNAL,
                    "The unit %s is wrong: %s.".formatted(unit, String.join(", ", wrong)),
                    "",
                    null);
        }
    }
}
