// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.persistence.internal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads what {@link Dump} wrote, and trusts none of it: names go into statements. */
final class DumpReader implements AutoCloseable {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,62}");
    private static final int MAX_NAMES = 1_000;

    /** What a table is called and what its rows hold. */
    record Table(String name, List<String> columns, List<Cell> cells) {}

    /** Takes what is read, in order. */
    interface Sink<X extends Exception> {
        void units(Map<String, List<String>> digests) throws X;

        void table(Table table) throws X;

        void row(List<@Nullable Object> values) throws X;
    }

    private final JsonParser in;
    private @Nullable Table table;
    private long rows;

    /** @param in stays open */
    DumpReader(InputStream in) throws IOException {
        this.in = new JsonFactory().createParser(in);
        this.in.disable(JsonParser.Feature.AUTO_CLOSE_SOURCE);
    }

    /** Reads to the end; returns only if the dump is whole. */
    <X extends Exception> void read(Sink<X> sink) throws IOException, X {
        sink.units(head());
        while (true) {
            JsonToken token = in.nextToken();
            if (token == JsonToken.START_ARRAY) {
                sink.row(row());
            } else if (token == JsonToken.START_OBJECT) {
                Table next = tableOrEnd();
                if (next == null) {
                    return;
                }
                table = next;
                sink.table(next);
            } else {
                throw broken("it ends too early");
            }
        }
    }

    private Map<String, List<String>> head() throws IOException {
        String format = "";
        int major = 0;
        Map<String, List<String>> units = new TreeMap<>();
        if (in.nextToken() != JsonToken.START_OBJECT) {
            throw broken("it does not begin as one");
        }
        while (in.nextToken() == JsonToken.FIELD_NAME) {
            String name = in.currentName();
            in.nextToken();
            switch (name) {
                case "format" -> format = in.getText();
                case "major" -> major = in.getValueAsInt();
                case "units" -> units(units);
                default -> in.skipChildren();
            }
        }
        if (!format.equals(Dump.FORMAT)) {
            throw broken("it does not begin as one");
        }
        if (major != Dump.MAJOR) {
            throw new IOException("The backup of the database has format %d, and this version of the product knows %d."
                    .formatted(major, Dump.MAJOR));
        }
        return units;
    }

    private void units(Map<String, List<String>> units) throws IOException {
        while (in.nextToken() == JsonToken.FIELD_NAME) {
            String unit = name(in.currentName());
            in.nextToken();
            units.put(unit, texts());
        }
    }

    /** {@return the next table, or null at the end} */
    private @Nullable Table tableOrEnd() throws IOException {
        String name = "";
        List<String> columns = List.of();
        List<String> types = List.of();
        long end = -1;
        while (in.nextToken() == JsonToken.FIELD_NAME) {
            String field = in.currentName();
            in.nextToken();
            switch (field) {
                case "table" -> name = name(in.getText());
                case "columns" -> columns = texts();
                case "types" -> types = texts();
                case "end" -> end = in.getValueAsLong(-1);
                default -> in.skipChildren();
            }
        }
        if (end >= 0) {
            if (end != rows) {
                throw broken("rows are missing");
            }
            return null;
        }
        List<Cell> cells = new ArrayList<>();
        for (String column : columns) {
            name(column);
        }
        for (String type : types) {
            cells.add(cell(type));
        }
        if (name.isEmpty() || cells.isEmpty() || cells.size() != columns.size()) {
            throw broken("a table is not described");
        }
        return new Table(name, columns, cells);
    }

    private static Cell cell(String type) throws IOException {
        for (Cell each : Cell.values()) {
            if (each.name().toLowerCase(Locale.ROOT).equals(type)) {
                return each;
            }
        }
        throw broken("it holds values of an unknown kind");
    }

    private List<@Nullable Object> row() throws IOException {
        Table current = table;
        if (current == null) {
            throw broken("a row belongs to no table");
        }
        List<@Nullable Object> values = new ArrayList<>();
        for (Cell cell : current.cells()) {
            if (in.nextToken() == JsonToken.END_ARRAY) {
                throw broken("a row is too short");
            }
            values.add(cell.read(in));
        }
        if (in.nextToken() != JsonToken.END_ARRAY) {
            throw broken("a row is too long");
        }
        rows++;
        return values;
    }

    private List<String> texts() throws IOException {
        List<String> texts = new ArrayList<>();
        if (in.currentToken() != JsonToken.START_ARRAY) {
            throw broken("a list is missing");
        }
        while (in.nextToken() != JsonToken.END_ARRAY) {
            if (in.currentToken() != JsonToken.VALUE_STRING || texts.size() == MAX_NAMES) {
                throw broken("a list is wrong");
            }
            texts.add(in.getText());
        }
        return texts;
    }

    private static String name(String text) throws IOException {
        if (!NAME.matcher(text).matches()) {
            throw broken("a name is not allowed");
        }
        return text;
    }

    private static IOException broken(String why) {
        return new IOException("This is no whole backup of the database: " + why + ".");
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
