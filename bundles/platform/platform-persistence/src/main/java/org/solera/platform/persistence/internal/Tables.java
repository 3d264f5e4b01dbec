// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.persistence.internal;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Looks up the tables of a unit. Names are lower-case here, whatever the product makes of them. */
final class Tables {
    /**
     * A column.
     *
     * @param name its name
     * @param cell kind of its values; null if backups cannot hold them
     * @param counted whether the database counts its values
     */
    record Column(String name, @Nullable Cell cell, boolean counted) {}

    private final Connection connection;
    private final DatabaseMetaData meta;
    private final String schema;

    Tables(Connection connection) throws SQLException {
        this.connection = connection;
        this.meta = connection.getMetaData();
        this.schema = String.valueOf(connection.getSchema());
    }

    /** {@return names of the tables of a unit; one that others refer to stands before them} */
    List<String> of(String unit) throws SQLException {
        Set<String> left = new TreeSet<>();
        String pattern = stored(unit) + meta.getSearchStringEscape() + "_%";
        try (ResultSet found = meta.getTables(connection.getCatalog(), schema, pattern, new String[] {"TABLE"})) {
            while (found.next()) {
                left.add(found.getString("TABLE_NAME").toLowerCase(Locale.ROOT));
            }
        }
        Map<String, Set<String>> needs = new HashMap<>();
        for (String table : left) {
            needs.put(table, referred(table));
        }
        List<String> ordered = new ArrayList<>();
        while (!left.isEmpty()) {
            List<String> ready = left.stream()
                    .filter(table ->
                            needs.getOrDefault(table, Set.of()).stream().noneMatch(left::contains))
                    .toList();
            List<String> next = ready.isEmpty() ? List.copyOf(left) : ready; // a circle has no order
            ordered.addAll(next);
            next.forEach(left::remove);
        }
        return ordered;
    }

    private Set<String> referred(String table) throws SQLException {
        Set<String> names = new TreeSet<>();
        try (ResultSet keys = meta.getImportedKeys(connection.getCatalog(), schema, stored(table))) {
            while (keys.next()) {
                names.add(keys.getString("PKTABLE_NAME").toLowerCase(Locale.ROOT));
            }
        }
        names.remove(table);
        return names;
    }

    /** {@return the columns of a table, in order} */
    List<Column> columns(String table) throws SQLException {
        List<Column> columns = new ArrayList<>();
        String pattern = stored(table).replace("_", meta.getSearchStringEscape() + "_");
        try (ResultSet found = meta.getColumns(connection.getCatalog(), schema, pattern, null)) {
            while (found.next()) {
                columns.add(new Column(
                        found.getString("COLUMN_NAME").toLowerCase(Locale.ROOT),
                        Cell.of(found.getInt("DATA_TYPE")),
                        "YES".equals(found.getString("IS_AUTOINCREMENT"))));
            }
        }
        return columns;
    }

    private String stored(String name) throws SQLException {
        return meta.storesUpperCaseIdentifiers() ? name.toUpperCase(Locale.ROOT) : name;
    }
}
