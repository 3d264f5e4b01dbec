// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.jpa.internal;

import java.time.Instant;
import javax.persistence.Column;
import javax.persistence.Entity;
import javax.persistence.Id;
import javax.persistence.Lob;
import javax.persistence.Table;
import javax.persistence.Version;
import org.jspecify.annotations.Nullable;
import org.solera.platform.api.access.AccountRow.KeyRow;
import org.solera.platform.api.access.KeyView;

/** An access key as a row. */
@Entity
@Table(name = "platform_access_key")
final class AccessKeyEntity {
    @Id
    private String id;

    @Column(name = "owner")
    private String owner = "";

    @Column(name = "title")
    private String title = "";

    @Lob
    @Column(name = "grants")
    private String grants = "";

    @Column(name = "enabled")
    private boolean enabled;

    @Column(name = "created_at")
    private String createdAt = "";

    @Column(name = "expires_at")
    private @Nullable String expiresAt;

    @Column(name = "sealed_secret")
    private String sealedSecret = "";

    /** Tells two writers of one row apart. */
    @Version
    @Column(name = "row_version")
    private long rowVersion;

    /** For the persistence layer. */
    AccessKeyEntity() {
        id = "";
    }

    AccessKeyEntity(String id) {
        this.id = id;
    }

    void set(KeyRow row) {
        owner = row.view().user();
        title = row.view().title();
        grants = Texts.ofGrants(row.view().grants());
        enabled = row.view().enabled();
        createdAt = row.view().createdAt().toString();
        expiresAt = Texts.ofTime(row.view().expiresAt());
        sealedSecret = row.sealedSecret();
    }

    KeyRow toRow() {
        return new KeyRow(
                new KeyView(
                        id,
                        owner,
                        title,
                        Texts.toGrants(grants),
                        enabled,
                        Instant.parse(createdAt),
                        Texts.toTime(expiresAt)),
                sealedSecret);
    }
}
