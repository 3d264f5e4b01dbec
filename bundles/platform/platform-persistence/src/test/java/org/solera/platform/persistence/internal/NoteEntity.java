// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.persistence.internal;

import javax.persistence.Column;
import javax.persistence.Entity;
import javax.persistence.GeneratedValue;
import javax.persistence.GenerationType;
import javax.persistence.Id;
import javax.persistence.Lob;
import javax.persistence.Table;
import javax.persistence.Version;

/** A row of every kind of value. */
@Entity
@Table(name = "note_entry")
class NoteEntity {
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private Long id;

    @Column(name = "label")
    String label = "";

    @Lob
    @Column(name = "body")
    String body;

    @Lob
    @Column(name = "bytes")
    byte[] bytes;

    @Column(name = "amount")
    int amount;

    @Column(name = "done")
    boolean done;

    @Version
    @Column(name = "row_version")
    private long rowVersion;

    Long id() {
        return id;
    }
}
