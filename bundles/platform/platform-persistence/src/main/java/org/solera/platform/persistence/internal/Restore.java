// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.persistence.internal;

import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.solera.platform.api.PlatformError;
import org.solera.platform.api.SoleraException;
import org.solera.platform.persistence.api.Migration;

/**
 * Puts a dump in the place of all rows, in one transaction: the tables are made anew as they were when the dump was written,
 * filled, and brought to the schema of today.
 */
final class Restore {
    private static final int BATCH_ROWS = 500;

    private Restore() {}

    /** Why a dump cannot be taken in, or what the database said to it; the cause tells which. */
    static final class RestoreException extends Exception {
        private static final long serialVersionUID = 1;

        RestoreException(SoleraException cause) {
            super(cause);
        }

        RestoreException(SQLException cause) {
            super(cause);
        }
    }

    /**
     * Reads a dump to its end and compares it with the units of this box.
     *
     * @param known steps by unit
     */
    static void check(InputStream in, Map<String, List<Migration>> known) throws IOException, SoleraException {
        try (DumpReader reader = new DumpReader(in)) {
            reader.read(new DumpReader.Sink<SoleraException>() {
                private Map<String, List<String>> units = Map.of();

                @Override
                public void units(Map<String, List<String>> digests) throws SoleraException {
                    Restore.verify(digests, known);
                    units = digests;
                }

                @Override
                public void table(DumpReader.Table table) throws SoleraException {
                    belongs(table, units);
                }

                @Override
                public void row(List<@Nullable Object> values) {
                    // was looked at by the reader
                }
            });
        }
    }

    /** Replaces all rows; the caller commits or rolls back. */
    static void run(Connection connection, Migrator migrator, InputStream in, Map<String, List<Migration>> known)
            throws IOException, SQLException, SoleraException {
        try (DumpReader reader = new DumpReader(in);
                Filler filler = new Filler(connection, migrator, known)) {
            reader.read(filler);
            filler.finish();
        } catch (RestoreException failure) {
            if (failure.getCause() instanceof SQLException sql) {
                throw sql;
            }
            if (failure.getCause() instanceof SoleraException refusal) {
                throw refusal;
            }
            throw new IOException(failure);
        }
    }

    private static void verify(Map<String, List<String>> digests, Map<String, List<Migration>> known)
            throws SoleraException {
        for (Map.Entry<String, List<String>> each : digests.entrySet()) {
            List<Migration> steps = known.get(each.getKey());
            if (steps == null) {
                throw refusal("The backup holds rows of %s, which is not installed here.".formatted(each.getKey()));
            }
            if (each.getValue().size() > steps.size()) {
                throw refusal("The backup has version %d of the schema of %s, and this version of the product knows %d."
                        .formatted(each.getValue().size(), each.getKey(), steps.size()));
            }
            for (int i = 0; i < each.getValue().size(); i++) {
                if (!SqlScript.digest(steps.get(i)).equals(each.getValue().get(i))) {
                    throw refusal("Step %d of the schema of %s is another one in the backup."
                            .formatted(i + 1, each.getKey()));
                }
            }
        }
    }

    private static void belongs(DumpReader.Table table, Map<String, List<String>> units) throws SoleraException {
        int end = table.name().indexOf('_');
        if (end < 0 || !units.containsKey(table.name().substring(0, end))) {
            throw refusal("The backup holds a table %s that belongs to no unit of it.".formatted(table.name()));
        }
    }

    private static SoleraException refusal(String why) {
        return new SoleraException(
                PlatformError.CONFLICT,
                why,
                "Restore it with the version of the product that wrote it, or a newer one.",
                null);
    }

    /** Fills tables while the dump is read. */
    private static final class Filler implements DumpReader.Sink<RestoreException>, AutoCloseable {
        private final Connection connection;
        private final Migrator migrator;
        private final Map<String, List<Migration>> known;
        private Map<String, List<String>> units = Map.of();
        private @Nullable PreparedStatement insert;
        private List<Cell> cells = List.of();
        private int waiting;

        Filler(Connection connection, Migrator migrator, Map<String, List<Migration>> known) {
            this.connection = connection;
            this.migrator = migrator;
            this.known = known;
        }

        @Override
        public void units(Map<String, List<String>> digests) throws RestoreException {
            try {
                verify(digests, known);
                units = digests;
                Tables tables = new Tables(connection);
                for (Map.Entry<String, List<Migration>> each : known.entrySet()) {
                    empty(each.getKey(), tables);
                    int then = digests.getOrDefault(each.getKey(), List.of()).size();
                    migrator.replay(connection, each.getKey(), each.getValue().subList(0, then));
                }
            } catch (SoleraException refusal) {
                throw new RestoreException(refusal);
            } catch (SQLException failure) {
                throw new RestoreException(failure);
            }
        }

        private void empty(String unit, Tables tables) throws SQLException {
            List<String> names = new ArrayList<>(tables.of(unit));
            Collections.reverse(names);
            try (Statement statement = connection.createStatement()) {
                for (String name : names) {
                    statement.execute("drop table " + name);
                }
            }
            try (PreparedStatement delete = connection.prepareStatement("delete from solera_schema where unit = ?")) {
                delete.setString(1, unit);
                delete.executeUpdate();
            }
        }

        @Override
        public void table(DumpReader.Table table) throws RestoreException {
            try {
                belongs(table, units);
                flush();
                cells = table.cells();
                insert = connection.prepareStatement("insert into %s (%s) values (%s)"
                        .formatted(
                                table.name(),
                                String.join(", ", table.columns()),
                                String.join(
                                        ", ",
                                        Collections.nCopies(table.columns().size(), "?"))));
            } catch (SoleraException refusal) {
                throw new RestoreException(refusal);
            } catch (SQLException failure) {
                throw new RestoreException(failure);
            }
        }

        @Override
        public void row(List<@Nullable Object> values) throws RestoreException {
            PreparedStatement statement = insert;
            if (statement == null) {
                return; // the reader refuses rows without a table
            }
            try {
                for (int i = 0; i < values.size(); i++) {
                    cells.get(i).bind(migrator.kind(), statement, i + 1, values.get(i));
                }
                statement.addBatch();
                waiting++;
                if (waiting == BATCH_ROWS) {
                    statement.executeBatch();
                    waiting = 0;
                }
            } catch (SQLException failure) {
                throw new RestoreException(failure);
            }
        }

        private void flush() throws SQLException {
            PreparedStatement statement = insert;
            insert = null;
            if (statement != null) {
                try (statement) {
                    if (waiting > 0) {
                        statement.executeBatch();
                    }
                }
            }
            waiting = 0;
        }

        void finish() throws SQLException {
            flush();
            Tables tables = new Tables(connection);
            for (Map.Entry<String, List<Migration>> each : known.entrySet()) {
                for (String table : tables.of(each.getKey())) {
                    for (Tables.Column column : tables.columns(table)) {
                        if (column.counted()) {
                            countOn(table, column.name());
                        }
                    }
                }
                List<Migration> steps = each.getValue();
                int then = units.getOrDefault(each.getKey(), List.of()).size();
                migrator.replay(connection, each.getKey(), steps.subList(then, steps.size()));
            }
        }

        /** The database goes on to count where the rows end. */
        private void countOn(String table, String column) throws SQLException {
            try (Statement statement = connection.createStatement()) {
                long last = 0;
                try (ResultSet greatest = statement.executeQuery("select max(%s) from %s".formatted(column, table))) {
                    if (greatest.next()) {
                        last = greatest.getLong(1);
                    }
                }
                statement.execute("alter table %s alter column %s restart with %d".formatted(table, column, last + 1));
            }
        }

        @Override
        public void close() throws SQLException {
            PreparedStatement statement = insert;
            if (statement != null) {
                statement.close();
            }
        }
    }
}
