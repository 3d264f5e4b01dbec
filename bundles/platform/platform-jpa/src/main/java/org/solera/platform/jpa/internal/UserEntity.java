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
import org.solera.platform.api.access.AccountRow.UserRow;
import org.solera.platform.api.access.User;

/** A user as a row. */
@Entity
@Table(name = "platform_user")
final class UserEntity {
    @Id
    private String name;

    @Column(name = "display_name")
    private String displayName = "";

    @Column(name = "email")
    private String email = "";

    @Column(name = "source")
    private String source = "";

    @Column(name = "enabled")
    private boolean enabled;

    @Lob
    @Column(name = "group_names")
    private String groupNames = "";

    @Lob
    @Column(name = "grants")
    private String grants = "";

    @Column(name = "second_factor")
    private boolean secondFactor;

    @Column(name = "must_change_password")
    private boolean mustChangePassword;

    @Column(name = "created_at")
    private String createdAt = "";

    @Column(name = "last_sign_in_at")
    private @Nullable String lastSignInAt;

    @Column(name = "revision")
    private long revision;

    @Column(name = "subject")
    private String subject = "";

    @Column(name = "password")
    private String password = "";

    @Column(name = "second_factor_secret")
    private String secondFactorSecret = "";

    @Column(name = "pending_second_factor_secret")
    private String pendingSecondFactorSecret = "";

    @Column(name = "last_code")
    private long lastCode;

    @Lob
    @Column(name = "recovery")
    private String recovery = "";

    /** Tells two writers of one row apart. */
    @Version
    @Column(name = "row_version")
    private long rowVersion;

    /** For the persistence layer. */
    UserEntity() {
        name = "";
    }

    UserEntity(String name) {
        this.name = name;
    }

    void set(UserRow row) {
        displayName = row.user().displayName();
        email = row.user().email();
        source = row.user().source();
        enabled = row.user().enabled();
        groupNames = Texts.ofSet(row.user().groups());
        grants = Texts.ofGrants(row.user().grants());
        secondFactor = row.user().secondFactor();
        mustChangePassword = row.user().mustChangePassword();
        createdAt = row.user().createdAt().toString();
        lastSignInAt = Texts.ofTime(row.user().lastSignInAt());
        revision = row.user().version();
        subject = row.subject();
        password = row.password();
        secondFactorSecret = row.secondFactor();
        pendingSecondFactorSecret = row.pendingSecondFactor();
        lastCode = row.lastCode();
        recovery = Texts.ofSet(row.recovery());
    }

    UserRow toRow() {
        return new UserRow(
                new User(
                        name,
                        displayName,
                        email,
                        source,
                        enabled,
                        Texts.toSet(groupNames),
                        Texts.toGrants(grants),
                        secondFactor,
                        mustChangePassword,
                        Instant.parse(createdAt),
                        Texts.toTime(lastSignInAt),
                        revision),
                subject,
                password,
                secondFactorSecret,
                pendingSecondFactorSecret,
                lastCode,
                Texts.toSet(recovery));
    }
}
