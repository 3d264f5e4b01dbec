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
import org.solera.platform.api.access.AccountRow.TokenRow;
import org.solera.platform.api.access.Token;

/** A token as a row. */
@Entity
@Table(name = "platform_token")
final class TokenEntity {
    @Id
    private String id;

    @Column(name = "owner")
    private String owner = "";

    @Column(name = "title")
    private String title = "";

    @Lob
    @Column(name = "grants")
    private String grants = "";

    @Column(name = "read_only")
    private boolean readOnly;

    @Column(name = "created_at")
    private String createdAt = "";

    @Column(name = "expires_at")
    private String expiresAt = "";

    @Column(name = "last_used_at")
    private @Nullable String lastUsedAt;

    @Column(name = "secret_hash")
    private String secretHash = "";

    /** Tells two writers of one row apart. */
    @Version
    @Column(name = "row_version")
    private long rowVersion;

    /** For the persistence layer. */
    TokenEntity() {
        id = "";
    }

    TokenEntity(String id) {
        this.id = id;
    }

    void set(TokenRow row) {
        owner = row.token().user();
        title = row.token().title();
        grants = Texts.ofGrants(row.token().grants());
        readOnly = row.token().readOnly();
        createdAt = row.token().createdAt().toString();
        expiresAt = row.token().expiresAt().toString();
        lastUsedAt = Texts.ofTime(row.token().lastUsedAt());
        secretHash = row.hash();
    }

    TokenRow toRow() {
        return new TokenRow(
                new Token(
                        id,
                        owner,
                        title,
                        Texts.toGrants(grants),
                        readOnly,
                        Instant.parse(createdAt),
                        Instant.parse(expiresAt),
                        Texts.toTime(lastUsedAt)),
                secretHash);
    }
}
