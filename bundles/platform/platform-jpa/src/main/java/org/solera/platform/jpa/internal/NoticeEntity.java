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
import org.solera.platform.api.notices.Notice;
import org.solera.platform.api.notices.Severity;

/** A notice as a row. */
@Entity
@Table(name = "platform_notice")
final class NoticeEntity {
    @Id
    private String id;

    @Column(name = "rule_id")
    private String ruleId = "";

    @Lob
    @Column(name = "subject")
    private String subject = "";

    @Column(name = "severity")
    private String severity = "";

    @Lob
    @Column(name = "title")
    private String title = "";

    @Lob
    @Column(name = "title_zh")
    private String titleZh = "";

    @Lob
    @Column(name = "next_action")
    private String nextAction = "";

    @Lob
    @Column(name = "next_action_zh")
    private String nextActionZh = "";

    @Column(name = "measured")
    private String measured = "";

    @Column(name = "began_at")
    private String beganAt = "";

    @Column(name = "ended_at")
    private @Nullable String endedAt;

    @Column(name = "acknowledged_by")
    private String acknowledgedBy = "";

    @Column(name = "acknowledged_at")
    private @Nullable String acknowledgedAt;

    @Column(name = "silenced_until")
    private @Nullable String silencedUntil;

    @Lob
    @Column(name = "delivery")
    private String delivery = "";

    /** Tells two writers of one row apart. */
    @Version
    @Column(name = "row_version")
    private long rowVersion;

    /** For the persistence layer. */
    NoticeEntity() {
        id = "";
    }

    NoticeEntity(String id) {
        this.id = id;
    }

    void set(Notice row) {
        ruleId = row.rule();
        subject = row.subject();
        severity = row.severity().name();
        title = row.title();
        titleZh = row.titleZh();
        nextAction = row.nextAction();
        nextActionZh = row.nextActionZh();
        measured = Double.toString(row.value());
        beganAt = row.since().toString();
        endedAt = Texts.ofTime(row.endedAt());
        acknowledgedBy = row.acknowledgedBy();
        acknowledgedAt = Texts.ofTime(row.acknowledgedAt());
        silencedUntil = Texts.ofTime(row.silencedUntil());
        delivery = row.delivery();
    }

    Notice toRow() {
        return new Notice(
                id,
                ruleId,
                subject,
                Severity.valueOf(severity),
                title,
                titleZh,
                nextAction,
                nextActionZh,
                Double.parseDouble(measured),
                Instant.parse(beganAt),
                Texts.toTime(endedAt),
                acknowledgedBy,
                Texts.toTime(acknowledgedAt),
                Texts.toTime(silencedUntil),
                delivery);
    }
}
