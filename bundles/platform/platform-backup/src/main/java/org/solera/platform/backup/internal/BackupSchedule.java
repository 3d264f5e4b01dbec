// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.backup.internal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.solera.platform.api.HealthReport;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.backup.Backups.Archive;
import org.solera.platform.api.spi.MetricSource.Sink;

/**
 * Makes a backup every day, at the first look after its hour: a box that was off at that hour makes it up for. A failed
 * one is tried again an hour later. Thread-safe; {@link #tick} is called by one thread.
 */
final class BackupSchedule {
    private static final Logger log = LoggerFactory.getLogger(BackupSchedule.class);
    private static final Duration AGAIN = Duration.ofHours(1);
    private static final Duration OLD = Duration.ofDays(2);

    private final Clock clock;
    private final BackupDesk desk;
    private final Supplier<ZoneId> zone;
    private final Supplier<BackupPlan> plan;
    private final Instant since;
    private volatile @Nullable Instant newest;
    private volatile @Nullable Instant tried;
    private volatile String failure = "";

    BackupSchedule(Clock clock, BackupDesk desk, Supplier<ZoneId> zone, Supplier<BackupPlan> plan) {
        this.clock = clock;
        this.desk = desk;
        this.zone = zone;
        this.plan = plan;
        this.since = clock.instant();
    }

    /** Looks how old the newest backup of this box is. {@return its backups, newest first} */
    List<Archive> look() {
        List<Archive> archives = desk.archives().stream()
                .filter(each -> !ArchiveFolder.is(each, ArchiveFolder.Kind.UPLOAD))
                .toList();
        newest = archives.stream().map(Archive::createdAt).findFirst().orElse(null);
        return archives;
    }

    /** Looks whether a backup is due, and begins it. */
    void tick() {
        List<Archive> archives = look();
        if (!plan.get().scheduled()) {
            failure = "";
            return;
        }
        Optional<Instant> last = archives.stream()
                .filter(each -> ArchiveFolder.is(each, ArchiveFolder.Kind.AUTO))
                .map(Archive::createdAt)
                .findFirst();
        if (due(last)) {
            begin();
        }
    }

    private boolean due(Optional<Instant> last) {
        Instant now = clock.instant();
        ZonedDateTime here = now.atZone(zone.get());
        ZonedDateTime hour =
                here.toLocalDate().atTime(plan.get().hourOfDay(), 0).atZone(here.getZone());
        Instant slot = (hour.isAfter(here) ? hour.minusDays(1) : hour).toInstant();
        Instant attempt = tried;
        boolean made = last.isPresent() && !last.get().isBefore(slot);
        boolean justTried = attempt != null
                && !attempt.isBefore(slot)
                && attempt.plus(AGAIN).isAfter(now);
        return !made && !justTried;
    }

    private void begin() {
        Instant now = clock.instant();
        tried = now;
        try {
            var unused = desk.create(
                    new char[0],
                    "system",
                    ArchiveFolder.Kind.AUTO,
                    () -> {
                        failure = "";
                        newest = now;
                    },
                    refused -> failure = refused.explain());
        } catch (SoleraException refused) {
            failure = refused.explain();
            log.warn("The backup of today failed: {}", failure);
        }
    }

    private Duration age(Instant from) {
        return Duration.between(from, clock.instant());
    }

    HealthReport health() {
        if (!failure.isEmpty()) {
            return HealthReport.degraded(
                    "The last backup by schedule failed: " + failure,
                    "It is tried again every hour; look at the settings of backups.");
        }
        Instant last = newest;
        if (plan.get().scheduled() && age(last == null ? since : last).compareTo(OLD) > 0) {
            return HealthReport.degraded(
                    "There was no backup for %d days."
                            .formatted(age(last == null ? since : last).toDays()),
                    "Make one by hand and look at the settings of backups.");
        }
        return HealthReport.up(last == null ? "There is no backup yet." : "The last backup is of " + last + ".");
    }

    void collect(Sink sink) {
        Instant last = newest;
        double age = last == null ? -1 : age(last).toMillis() / 1e3;
        sink.gauge(
                "solera_backup_age_seconds",
                "Age of the newest backup, -1 before the first; +Inf if a daily one is wanted and there is none",
                last == null && plan.get().scheduled() ? Double.POSITIVE_INFINITY : age);
        sink.gauge("solera_backup_failed", "1 if the last backup by schedule failed", failure.isEmpty() ? 0 : 1);
    }
}
