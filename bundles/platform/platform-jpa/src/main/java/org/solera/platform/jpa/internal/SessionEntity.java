// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.jpa.internal;

import java.time.Instant;
import javax.persistence.Column;
import javax.persistence.Entity;
import javax.persistence.Id;
import javax.persistence.Table;
import javax.persistence.Version;
import org.jspecify.annotations.Nullable;
import org.solera.platform.api.access.AccountRow.SessionRow;

/** A session as a row. */
@Entity
@Table(name = "platform_session")
final class SessionEntity {
    @Id
    private String id;

    @Column(name = "owner")
    private String owner = "";

    @Column(name = "secret_hash")
    private String secretHash = "";

    @Column(name = "csrf")
    private String csrf = "";

    @Column(name = "origin")
    private String origin = "";

    @Column(name = "agent")
    private String agent = "";

    @Column(name = "began_at")
    private String beganAt = "";

    @Column(name = "ends_at")
    private String endsAt = "";

    @Column(name = "last_used_at")
    private String lastUsedAt = "";

    @Column(name = "ended_at")
    private @Nullable String endedAt;

    /** Tells two writers of one row apart. */
    @Version
    @Column(name = "row_version")
    private long rowVersion;

    /** For the persistence layer. */
    SessionEntity() {
        id = "";
    }

    SessionEntity(String id) {
        this.id = id;
    }

    void set(SessionRow row) {
        owner = row.user();
        secretHash = row.hash();
        csrf = row.csrf();
        origin = row.origin();
        agent = row.agent();
        beganAt = row.since().toString();
        endsAt = row.until().toString();
        lastUsedAt = row.lastUsedAt().toString();
        endedAt = Texts.ofTime(row.endedAt());
    }

    SessionRow toRow() {
        return new SessionRow(
                id,
                owner,
                secretHash,
                csrf,
                origin,
                agent,
                Instant.parse(beganAt),
                Instant.parse(endsAt),
                Instant.parse(lastUsedAt),
                Texts.toTime(endedAt));
    }
}
