// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.persistence.internal;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import org.jspecify.annotations.Nullable;

/** The kinds of values that every product keeps exactly, as JSON and as JDBC. */
enum Cell {
    TEXT(Types.VARCHAR) {
        @Override
        void write(JsonGenerator out, ResultSet row, int column) throws SQLException, IOException {
            out.writeString(row.getString(column)); // writes null as null
        }

        @Override
        Object parse(JsonParser in) throws IOException {
            return expect(in, JsonToken.VALUE_STRING).getText();
        }
    },
    INTEGER(Types.BIGINT) {
        @Override
        void write(JsonGenerator out, ResultSet row, int column) throws SQLException, IOException {
            long value = row.getLong(column);
            if (row.wasNull()) {
                out.writeNull();
            } else {
                out.writeNumber(value);
            }
        }

        @Override
        Object parse(JsonParser in) throws IOException {
            return expect(in, JsonToken.VALUE_NUMBER_INT).getLongValue();
        }
    },
    BOOLEAN(Types.BOOLEAN) {
        @Override
        void write(JsonGenerator out, ResultSet row, int column) throws SQLException, IOException {
            boolean value = row.getBoolean(column);
            if (row.wasNull()) {
                out.writeNull();
            } else {
                out.writeBoolean(value);
            }
        }

        @Override
        Object parse(JsonParser in) throws IOException {
            if (in.currentToken() != JsonToken.VALUE_FALSE) {
                expect(in, JsonToken.VALUE_TRUE);
            }
            return in.getBooleanValue();
        }
    },
    BYTES(Types.VARBINARY) {
        @Override
        void write(JsonGenerator out, ResultSet row, int column) throws SQLException, IOException {
            byte[] value = row.getBytes(column);
            if (value == null) {
                out.writeNull();
            } else {
                out.writeBinary(value);
            }
        }

        @Override
        Object parse(JsonParser in) throws IOException {
            return expect(in, JsonToken.VALUE_STRING).getBinaryValue();
        }
    };

    private final int nullType;

    Cell(int nullType) {
        this.nullType = nullType;
    }

    abstract void write(JsonGenerator out, ResultSet row, int column) throws SQLException, IOException;

    abstract Object parse(JsonParser in) throws IOException;

    /** {@return the value that the parser stands on} */
    @Nullable
    Object read(JsonParser in) throws IOException {
        return in.currentToken() == JsonToken.VALUE_NULL ? null : parse(in);
    }

    void bind(Kind kind, PreparedStatement statement, int column, @Nullable Object value) throws SQLException {
        if (value instanceof byte[] bytes) {
            statement.setBytes(column, bytes);
        } else if (value instanceof String text) {
            statement.setString(column, text);
        } else if (value instanceof Boolean flag) {
            statement.setBoolean(column, flag);
        } else if (value instanceof Long number) {
            statement.setLong(column, number);
        } else {
            statement.setNull(column, this == BYTES ? kind.typeOfBytes() : nullType);
        }
    }

    /** {@return the kind of a column, or null if backups cannot hold such values} */
    static @Nullable Cell of(int jdbcType) {
        return switch (jdbcType) {
            case Types.CHAR, Types.VARCHAR, Types.LONGVARCHAR, Types.CLOB -> TEXT;
            case Types.SMALLINT, Types.INTEGER, Types.BIGINT -> INTEGER;
            case Types.BOOLEAN, Types.BIT -> BOOLEAN;
            case Types.BINARY, Types.VARBINARY, Types.LONGVARBINARY, Types.BLOB -> BYTES;
            default -> null;
        };
    }

    private static JsonParser expect(JsonParser in, JsonToken token) throws IOException {
        if (in.currentToken() != token) {
            throw new IOException("The backup of the database holds a value of the wrong kind.");
        }
        return in;
    }
}
