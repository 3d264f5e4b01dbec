// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.persistence.internal;

import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.solera.platform.api.ErrorCode;
import org.solera.platform.api.SoleraException;
import org.solera.platform.persistence.api.Database;

/** A test on an empty database, with rows of one unit. */
abstract class DatabaseCase {
    static final String LONG_TEXT = "line\nother 漢字 😀 \\ \"'\t" + "x".repeat(100_000);

    @TempDir
    Path folder;

    DatabaseBox box;
    NoteUnit unit;
    Database database;

    /** {@return a box on the same database each time, until the test ends} */
    abstract DatabaseBox open(Path folder) throws IOException, InterruptedException;

    @BeforeEach
    void openDatabase() throws IOException, InterruptedException {
        box = open(folder);
        unit = new NoteUnit();
        database = box.serve(unit);
    }

    @AfterEach
    void closeDatabase() {
        box.close();
    }

    static Long add(Database database, String label) throws SoleraException {
        return database.change(manager -> {
            NoteEntity note = new NoteEntity();
            note.label = label;
            manager.persist(note);
            return note.id();
        });
    }

    static List<String> labels(Database database) throws SoleraException {
        return database.read(
                manager -> manager.createQuery("select n.label from NoteEntity n order by n.label", String.class)
                        .getResultList());
    }

    static ErrorCode code(org.junit.jupiter.api.function.Executable call) {
        return assertThrows(SoleraException.class, call).code();
    }

    void reopen(NoteUnit next) throws IOException, InterruptedException {
        box.close();
        box = open(folder);
        unit = next;
        box.add(next);
    }

    static byte[] bytes() {
        byte[] bytes = new byte[70_000];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (i * 31);
        }
        return bytes;
    }

    Long addOfEverything() throws SoleraException {
        return database.change(manager -> {
            NoteEntity note = new NoteEntity();
            note.label = "";
            note.body = LONG_TEXT;
            note.bytes = bytes();
            note.amount = Integer.MIN_VALUE;
            note.done = true;
            manager.persist(note);
            return note.id();
        });
    }
}
