// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.jpa.internal;

import javax.persistence.Column;
import javax.persistence.Entity;
import javax.persistence.Id;
import javax.persistence.Lob;
import javax.persistence.Table;
import javax.persistence.Version;
import org.solera.platform.api.access.AccountRow.GroupRow;
import org.solera.platform.api.access.Group;

/** A group as a row. */
@Entity
@Table(name = "platform_group")
final class GroupEntity {
    @Id
    private String name;

    @Column(name = "description")
    private String description = "";

    @Lob
    @Column(name = "grants")
    private String grants = "";

    @Lob
    @Column(name = "external_names")
    private String externalNames = "";

    @Column(name = "revision")
    private long revision;

    /** Tells two writers of one row apart. */
    @Version
    @Column(name = "row_version")
    private long rowVersion;

    /** For the persistence layer. */
    GroupEntity() {
        name = "";
    }

    GroupEntity(String name) {
        this.name = name;
    }

    void set(GroupRow row) {
        description = row.group().description();
        grants = Texts.ofGrants(row.group().grants());
        externalNames = Texts.ofSet(row.group().external());
        revision = row.group().version();
    }

    GroupRow toRow() {
        return new GroupRow(new Group(name, description, Texts.toGrants(grants), Texts.toSet(externalNames), revision));
    }
}
