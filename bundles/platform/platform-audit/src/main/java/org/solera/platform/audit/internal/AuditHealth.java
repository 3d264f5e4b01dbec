// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.audit.internal;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.solera.platform.api.HealthReport;
import org.solera.platform.api.audit.AuditVerdict;
import org.solera.platform.api.spi.MetricSource;

/** How the audit is, in words and figures. */
final class AuditHealth {
    private AuditHealth() {}

    static HealthReport of(OpenChain chain, @Nullable AuditVerdict verdict, int highPercent) {
        Committer committer = chain.committer();
        if (committer.ended()) {
            return HealthReport.down(
                    "The audit has stopped writing, so nothing can be changed.", "Restart the appliance.");
        }
        if (!committer.failure().isEmpty()) {
            return HealthReport.down(
                    "The audit cannot write, so nothing can be changed: %s.".formatted(committer.failure()),
                    "Free space on the drive of the data folder, or replace it.");
        }
        if (committer.busyNanos() > chain.patience().toNanos()) {
            return HealthReport.down(
                    "The disk of the audit has not answered for %,d s, so nothing can be changed."
                            .formatted(TimeUnit.NANOSECONDS.toSeconds(committer.busyNanos())),
                    "Look at the drive of the data folder.");
        }
        if (!chain.findings().isEmpty()) {
            return HealthReport.degraded(
                    "At the last start: " + chain.findings().get(0),
                    "Export the audit, ask audit:verify, and compare with an earlier export.");
        }
        if (verdict != null && !verdict.whole()) {
            return HealthReport.degraded(verdict.detail(), "Export the audit and compare it with an earlier export.");
        }
        if (!committer.headFailure().isEmpty()) {
            return HealthReport.degraded(
                    "The signed head of the audit cannot be replaced: %s.".formatted(committer.headFailure()),
                    "Look at the drive of the data folder.");
        }
        ChainState state = chain.state();
        long percent = state.bytes() * 100 / chain.keepBytes();
        if (percent >= highPercent) {
            return HealthReport.degraded(
                    "The records use %,d %% of the %,d MiB kept for them; at 100 %% the oldest go."
                            .formatted(percent, chain.keepBytes() >> 20),
                    "Export them to another place, and give the audit more space in its settings.");
        }
        return HealthReport.up("%,d records, %,d MiB.".formatted(state.sequence(), state.bytes() >> 20));
    }

    static void collect(OpenChain chain, @Nullable AuditVerdict verdict, int open, MetricSource.Sink sink) {
        ChainState state = chain.state();
        sink.counter("solera_platform_audit_records_total", "Records written since the chain began", state.sequence());
        sink.gauge("solera_platform_audit_bytes", "Size of the kept records", state.bytes());
        sink.gauge("solera_platform_audit_keep_bytes", "Most bytes of records that are kept", chain.keepBytes());
        sink.gauge(
                "solera_platform_audit_used_ratio",
                "Used part of the space for records",
                (double) state.bytes() / chain.keepBytes());
        sink.gauge("solera_platform_audit_changes_open", "Changes begun and not ended", open);
        sink.counter(
                "solera_platform_audit_write_failures_total",
                "Batches of records that could not be written",
                chain.committer().failures());
        sink.counter(
                "solera_platform_audit_refusals_counted_total",
                "Refusals that were counted and not recorded one by one",
                chain.refusals().total());
        if (verdict != null) {
            sink.gauge(
                    "solera_platform_audit_whole",
                    "1 if the last check found the chain whole",
                    verdict.whole() ? 1 : 0);
        }
    }
}
