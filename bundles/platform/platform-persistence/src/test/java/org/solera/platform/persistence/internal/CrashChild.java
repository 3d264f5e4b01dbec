// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.persistence.internal;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.solera.platform.api.SoleraException;
import org.solera.platform.persistence.api.Database;
import org.solera.platform.persistence.api.Migration;

/**
 * The process that is killed. {@code migrate} takes many steps; {@code change} adds pairs of rows for ever and says each
 * number once it is stored; {@code fill} adds big rows until the disk is full.
 */
final class CrashChild {
    private static final int STEPS = 200;

    private CrashChild() {}

    static List<Migration> steps() {
        List<Migration> steps = new ArrayList<>(List.of(NoteUnit.FIRST));
        for (int i = 2; i <= STEPS; i++) {
            steps.add(new Migration(i, "Step " + i, """
                    create table note_step%1$d (id integer not null primary key, body varchar(2000));
                    insert into note_step%1$d (id, body) values (%1$d, 'x');
                    """.formatted(i)));
        }
        return steps;
    }

    public static void main(String[] arguments) throws SoleraException {
        DatabaseBox box = DatabaseBox.embedded(Path.of(arguments[1]));
        switch (arguments[0]) {
            case "migrate" -> {
                say("ready");
                box.serve(new NoteUnit(steps()));
                say("done");
            }
            case "change" -> {
                Database database = box.serve(new NoteUnit());
                say("ready");
                for (int i = Integer.parseInt(arguments[2]); ; i++) {
                    pair(database, i);
                    say(String.valueOf(i));
                }
            }
            default -> fill(box.serve(new NoteUnit()));
        }
        box.close();
    }

    private static void pair(Database database, int number) throws SoleraException {
        database.change(manager -> {
            for (String half : List.of("a", "b")) {
                NoteEntity note = new NoteEntity();
                note.label = half + number;
                note.body = "x".repeat(3_000);
                manager.persist(note);
                manager.flush();
            }
            return true;
        });
    }

    private static void fill(Database database) {
        int stored = 0;
        while (true) {
            int next = stored;
            try {
                database.change(manager -> {
                    NoteEntity note = new NoteEntity();
                    note.label = "n" + next;
                    note.bytes = new byte[200_000];
                    manager.persist(note);
                    return true;
                });
                stored++;
            } catch (SoleraException full) {
                say("full " + full.code().name());
                break;
            }
        }
        say("stored " + stored);
        try {
            say("rows " + DatabaseCase.labels(database).size());
        } catch (SoleraException unreadable) {
            say("rows " + unreadable.code().name());
        }
    }

    private static void say(String line) {
        System.out.println(line);
        System.out.flush();
    }
}
