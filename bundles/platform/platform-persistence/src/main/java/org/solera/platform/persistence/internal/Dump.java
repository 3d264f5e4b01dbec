// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.persistence.internal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import java.io.IOException;
import java.io.OutputStream;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.solera.platform.api.PlatformError;
import org.solera.platform.api.SoleraException;

/**
 * Writes all rows as lines of JSON that every product can take in again.
 *
 * <pre>
 * {"format":"solera-database","major":1,"minor":0,"units":{"platform":["digest of step 1", ...]}}
 * {"table":"platform_user","columns":["name",...],"types":["text","boolean","integer","bytes",...]}
 * ["anna",true,1,...]            one line a row; bytes are Base64
 * {"end":17}                     number of rows; a backup without it was cut
 * </pre>
 *
 * <p>A greater major version is refused, unknown names are ignored.
 */
final class Dump {
    static final String FORMAT = "solera-database";
    static final int MAJOR = 1;
    static final int MINOR = 0;
    private static final int FETCH_ROWS = 500;

    private final Connection connection;
    private final JsonGenerator out;
    private long rows;

    private Dump(Connection connection, JsonGenerator out) {
        this.connection = connection;
        this.out = out;
    }

    /**
     * Writes the tables of units.
     *
     * @param connection in a transaction that sees one moment
     * @param out stays open
     */
    static void write(Connection connection, Collection<String> units, OutputStream out)
            throws SQLException, IOException, SoleraException {
        JsonFactory json = new JsonFactory();
        try (JsonGenerator generator = json.createGenerator(out)) {
            generator.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
            generator.setPrettyPrinter(new MinimalPrettyPrinter("\n"));
            Dump dump = new Dump(connection, generator);
            dump.head(units);
            Tables tables = new Tables(connection);
            for (String unit : units) {
                for (String table : tables.of(unit)) {
                    dump.table(table, tables.columns(table));
                }
            }
            generator.writeStartObject();
            generator.writeNumberField("end", dump.rows);
            generator.writeEndObject();
            generator.writeRaw('\n');
        }
    }

    private void head(Collection<String> units) throws SQLException, IOException {
        SortedMap<String, Map<Integer, String>> taken = new TreeMap<>();
        for (String unit : units) {
            taken.put(unit, Migrator.taken(connection, unit));
        }
        out.writeStartObject();
        out.writeStringField("format", FORMAT);
        out.writeNumberField("major", MAJOR);
        out.writeNumberField("minor", MINOR);
        out.writeObjectFieldStart("units");
        for (Map.Entry<String, Map<Integer, String>> each : taken.entrySet()) {
            out.writeArrayFieldStart(each.getKey());
            for (String digest : each.getValue().values()) {
                out.writeString(digest);
            }
            out.writeEndArray();
        }
        out.writeEndObject();
        out.writeEndObject();
    }

    private void table(String table, List<Tables.Column> columns) throws SQLException, IOException, SoleraException {
        List<Cell> cells = new ArrayList<>();
        out.writeStartObject();
        out.writeStringField("table", table);
        out.writeArrayFieldStart("columns");
        for (Tables.Column column : columns) {
            out.writeString(column.name());
            Cell cell = column.cell();
            if (cell == null) {
                throw new SoleraException(
                        PlatformError.INTERNAL,
                        "Column %s of %s is of a kind that backups cannot hold.".formatted(column.name(), table),
                        "",
                        null);
            }
            cells.add(cell);
        }
        out.writeEndArray();
        out.writeArrayFieldStart("types");
        for (Cell cell : cells) {
            out.writeString(cell.name().toLowerCase(java.util.Locale.ROOT));
        }
        out.writeEndArray();
        out.writeEndObject();
        String names =
                String.join(", ", columns.stream().map(Tables.Column::name).toList());
        try (Statement statement = connection.createStatement()) {
            statement.setFetchSize(FETCH_ROWS);
            try (ResultSet found = statement.executeQuery("select " + names + " from " + table)) {
                while (found.next()) {
                    row(found, cells);
                }
            }
        }
    }

    private void row(ResultSet found, List<Cell> cells) throws SQLException, IOException {
        rows++;
        out.writeStartArray();
        for (int i = 0; i < cells.size(); i++) {
            cells.get(i).write(out, found, i + 1);
        }
        out.writeEndArray();
    }
}
