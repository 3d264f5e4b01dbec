// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.persistence.internal;

import java.util.List;
import org.solera.platform.persistence.api.Migration;
import org.solera.platform.persistence.api.PersistentUnit;

/** A unit for tests. */
record NoteUnit(List<Migration> migrations) implements PersistentUnit {
    static final Migration FIRST = new Migration(1, "Notes", """
            create table note_author (
              name varchar(32) not null primary key
            );
            create table note_entry (
              id @IDENTITY@ not null primary key,
              label varchar(32) not null unique,
              body @LONGTEXT@,
              bytes @BYTES@,
              amount integer not null,
              done boolean not null,
              author varchar(32) references note_author (name),
              row_version bigint not null
            );
            """);

    static final Migration SECOND = new Migration(2, "Places of notes", """
            alter table note_entry add column place varchar(32);
            create table note_place (name varchar(32) not null primary key);
            insert into note_place (name) select distinct label from note_entry;
            """);

    NoteUnit() {
        this(List.of(FIRST));
    }

    @Override
    public String name() {
        return "note";
    }

    @Override
    public List<Class<?>> entities() {
        return List.of(NoteEntity.class);
    }
}
