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
import org.solera.platform.api.operations.Operation;

/** An operation as a row. */
@Entity
@Table(name = "platform_operation")
final class OperationEntity {
    @Id
    private String id;

    @Column(name = "kind")
    private String kind = "";

    @Lob
    @Column(name = "title")
    private String title = "";

    @Lob
    @Column(name = "target")
    private String target = "";

    @Column(name = "who")
    private String who = "";

    @Column(name = "state")
    private String state = "";

    @Lob
    @Column(name = "waiting_for")
    private String waitingFor = "";

    @Column(name = "done")
    private long done;

    @Column(name = "total")
    private long total;

    @Column(name = "unit")
    private String unit = "";

    @Column(name = "cancellable")
    private boolean cancellable;

    @Lob
    @Column(name = "message")
    private String message = "";

    @Lob
    @Column(name = "next_action")
    private String nextAction = "";

    @Lob
    @Column(name = "result")
    private String result = "";

    @Column(name = "created_at")
    private String createdAt = "";

    @Column(name = "changed_at")
    private String changedAt = "";

    @Column(name = "ended_at")
    private @Nullable String endedAt;

    /** Tells two writers of one row apart. */
    @Version
    @Column(name = "row_version")
    private long rowVersion;

    /** For the persistence layer. */
    OperationEntity() {
        id = "";
    }

    OperationEntity(String id) {
        this.id = id;
    }

    void set(Operation row) {
        kind = row.kind();
        title = row.title();
        target = row.target();
        who = row.who();
        state = row.state().name();
        waitingFor = row.waitingFor();
        done = row.done();
        total = row.total();
        unit = row.unit();
        cancellable = row.cancellable();
        message = row.message();
        nextAction = row.nextAction();
        result = row.result();
        createdAt = row.createdAt().toString();
        changedAt = row.changedAt().toString();
        endedAt = Texts.ofTime(row.endedAt());
    }

    Operation toRow() {
        return new Operation(
                id,
                kind,
                title,
                target,
                who,
                Operation.State.valueOf(state),
                waitingFor,
                done,
                total,
                unit,
                cancellable,
                message,
                nextAction,
                result,
                Instant.parse(createdAt),
                Instant.parse(changedAt),
                Texts.toTime(endedAt));
    }
}
