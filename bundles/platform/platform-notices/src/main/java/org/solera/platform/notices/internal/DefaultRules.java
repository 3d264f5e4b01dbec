// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.notices.internal;

import static org.solera.platform.api.notices.AlertRule.Comparison.ABOVE;
import static org.solera.platform.api.notices.AlertRule.Comparison.BELOW;
import static org.solera.platform.api.notices.Severity.CRITICAL;
import static org.solera.platform.api.notices.Severity.INFO;
import static org.solera.platform.api.notices.Severity.WARNING;

import java.time.Duration;
import java.util.List;
import org.solera.platform.api.notices.AlertRule;
import org.solera.platform.api.notices.Severity;

/** The rules that every box comes with. */
final class DefaultRules {
    private static final double DAY = 86_400;

    private DefaultRules() {}

    static List<RuleSpec> all() {
        return List.of(
                spec(
                        0,
                        "",
                        rule("drive-down", CRITICAL, "solera_storage_drive_down", ABOVE, 0.5, 30)
                                .says("Drive {drive} is down.", "硬盘 {drive} 已离线。")
                                .next(
                                        "Check the drive and its cable; put a new drive in if it stays down.",
                                        "请检查硬盘及其连接；如仍离线，请更换硬盘。")),
                spec(
                        0,
                        "",
                        rule("drive-errors", WARNING, "solera_storage_bodies_unreadable_total:increase1h", ABOVE, 0, 0)
                                .says("{value} copies could not be read within an hour.", "一小时内有 {value} 份数据副本无法读取。")
                                .next(
                                        "Look at the list of drives for the one with errors, and replace it.",
                                        "请在硬盘列表中找到出错的硬盘并更换。")),
                spec(
                        1,
                        "capacity-critical",
                        rule("capacity-low", WARNING, "solera_storage_free_percent", BELOW, 15, 300)
                                .says("{value} % of the storage is free.", "存储空间仅剩 {value} %。")
                                .next("Delete what is not needed, or add drives.", "请删除不需要的数据，或增加硬盘。")),
                spec(
                        1,
                        "",
                        rule("capacity-critical", CRITICAL, "solera_storage_free_percent", BELOW, 5, 60)
                                .says(
                                        "Only {value} % of the storage is free; writes are refused when it is full.",
                                        "存储空间仅剩 {value} %；写满后将拒绝写入。")
                                .next("Delete data now, or add drives.", "请立即删除数据，或增加硬盘。")),
                spec(
                        1,
                        "data-folder-critical",
                        rule("data-folder-low", WARNING, "solera_host_filesystem_free_percent", BELOW, 10, 300)
                                .says(
                                        "{value} % of the file system of the data folder is free.",
                                        "数据目录所在的文件系统仅剩 {value} %。")
                                .next(
                                        "Free space on the system drive; old logs and backups are the usual cause.",
                                        "请清理系统盘；通常是旧日志或备份占用了空间。")),
                spec(
                        1,
                        "",
                        rule("data-folder-critical", CRITICAL, "solera_host_filesystem_free_percent", BELOW, 3, 60)
                                .says(
                                        "Only {value} % of the file system of the data folder is free; changes will fail.",
                                        "数据目录所在的文件系统仅剩 {value} %；更改操作将会失败。")
                                .next("Free space on the system drive now.", "请立即清理系统盘。")),
                spec(
                        0,
                        "certificate-urgent",
                        rule(
                                        "certificate-soon",
                                        WARNING,
                                        "solera_platform_certificate_expiry_seconds",
                                        BELOW,
                                        30 * DAY,
                                        60)
                                .says("The certificate ends in {days} days.", "证书将在 {days} 天后到期。")
                                .next("Renew it on the page of the certificate.", "请在证书页面续期。")),
                spec(
                        0,
                        "",
                        rule(
                                        "certificate-urgent",
                                        CRITICAL,
                                        "solera_platform_certificate_expiry_seconds",
                                        BELOW,
                                        7 * DAY,
                                        60)
                                .says("The certificate ends in {days} days.", "证书将在 {days} 天后到期。")
                                .next(
                                        "Renew it now; browsers and programs refuse the box when it has ended.",
                                        "请立即续期；到期后浏览器和程序将拒绝连接本机。")),
                spec(
                        0,
                        "license-urgent",
                        rule("license-soon", WARNING, "solera_license_days_left", BELOW, 30, 60)
                                .says("The license ends in {value} days.", "许可证将在 {value} 天后到期。")
                                .next("Ask your supplier for a new license.", "请向供应商索取新的许可证。")),
                spec(
                        0,
                        "",
                        rule("license-urgent", CRITICAL, "solera_license_days_left", BELOW, 7, 60)
                                .says("The license ends in {value} days.", "许可证将在 {value} 天后到期。")
                                .next(
                                        "Install a new license; afterwards new work is refused and data stays readable.",
                                        "请安装新的许可证；到期后将拒绝新任务，数据仍可读取。")),
                spec(
                        5,
                        "heat-critical",
                        rule("heat", WARNING, "solera_host_temperature_celsius", ABOVE, 85, 120)
                                .says("{chip} {sensor} is at {value} °C.", "{chip} {sensor} 的温度为 {value} °C。")
                                .next("Check the fans and the air around the box.", "请检查风扇和机箱周围的通风。")),
                spec(
                        5,
                        "",
                        rule("heat-critical", CRITICAL, "solera_host_temperature_celsius", ABOVE, 95, 30)
                                .says("{chip} {sensor} is at {value} °C.", "{chip} {sensor} 的温度为 {value} °C。")
                                .next(
                                        "Cool the box now; it slows down and may switch itself off.",
                                        "请立即降温；设备会降速，并可能自动关机。")),
                spec(
                        3,
                        "",
                        rule("drive-heat", WARNING, "solera_host_drive_temperature_celsius", ABOVE, 65, 300)
                                .says("Drive {drive} is at {value} °C.", "硬盘 {drive} 的温度为 {value} °C。")
                                .next(
                                        "Check the air flow over the drives; heat shortens their life.",
                                        "请检查硬盘处的气流；高温会缩短硬盘寿命。")),
                spec(
                        0,
                        "",
                        rule("backup-old", WARNING, "solera_backup_age_seconds", ABOVE, 8 * DAY, 3_600)
                                .says(
                                        "The last backup of the control plane was made {days} days ago.",
                                        "控制平面的上次备份是在 {days} 天前。")
                                .next("Make a backup, and let one be made every week.", "请立即备份，并设置每周自动备份。")),
                spec(
                        10,
                        "",
                        rule("queue-full", WARNING, "solera_platform_executor_queue_percent", ABOVE, 80, 60)
                                .says("The queue of {pool} is {value} % full.", "{pool} 的队列已占用 {value} %。")
                                .next(
                                        "Look for slow drives or too many clients; work beyond the queue is refused.",
                                        "请检查是否有缓慢的硬盘或过多的客户端；队列满后将拒绝新任务。")),
                spec(
                        8,
                        "",
                        rule("workers-busy", WARNING, "solera_platform_worker_callers_waiting", ABOVE, 16, 120)
                                .says("{value} requests wait for a worker of {pool}.", "有 {value} 个请求在等待 {pool} 的工作进程。")
                                .next(
                                        "Allow more workers if there are free processors, or slow the clients down.",
                                        "如有空闲处理器，请增加工作进程数，或减少客户端请求。")),
                spec(
                        0,
                        "",
                        rule("part-down", CRITICAL, SceneMaker.HEALTH, ABOVE, 0.5, 60)
                                .says("{part} is down. {detail}", "{part} 不可用。{detail}")
                                .next("{next}", "{next}")),
                spec(
                        0,
                        "",
                        rule("database-down", CRITICAL, "health:platform.persistence", ABOVE, 0.5, 30)
                                .says(
                                        "The database of the control plane does not work. {detail}",
                                        "控制平面的数据库不可用。{detail}")
                                .next("{next}", "{next}")),
                spec(
                        0,
                        "",
                        rule("audit-down", CRITICAL, "health:platform.audit", ABOVE, 0.5, 15)
                                .says("The audit cannot be written or is not whole. {detail}", "审计记录无法写入或不完整。{detail}")
                                .next("{next}", "{next}")),
                spec(
                        0,
                        "",
                        rule("clock-not-synchronized", WARNING, "solera_host_clock_synchronized", BELOW, 0.5, 900)
                                .says("The clock does not follow a time server.", "系统时钟未与时间服务器同步。")
                                .next(
                                        "Set a time server that this box can reach, in the settings of the time.",
                                        "请在时间设置中填写本机可访问的时间服务器。")),
                spec(
                        5,
                        "",
                        rule(
                                        "sign-ins-failed",
                                        WARNING,
                                        "solera_platform_logins_refused_total:increase10m",
                                        ABOVE,
                                        20,
                                        0)
                                .says("{value} sign-ins failed within ten minutes.", "十分钟内有 {value} 次登录失败。")
                                .next("Look into the audit for the names and addresses.", "请在审计中查看相关用户名和地址。")),
                spec(
                        1,
                        "",
                        rule("memory-low", INFO, "solera_host_memory_available_percent", BELOW, 4, 300)
                                .says("{value} % of the memory is available.", "可用内存仅剩 {value} %。")
                                .next("Look which program on this box takes the memory.", "请检查本机上占用内存的程序。")));
    }

    private static RuleSpec spec(double margin, String worse, Draft draft) {
        return new RuleSpec(draft.rule(), margin, worse);
    }

    private static Draft rule(
            String id,
            Severity severity,
            String metric,
            AlertRule.Comparison comparison,
            double threshold,
            long lastingSeconds) {
        return new Draft(new AlertRule(
                id, "", "", "", "", severity, metric, comparison, threshold, Duration.ofSeconds(lastingSeconds), true));
    }

    /** A rule whose words are still being put in. */
    private record Draft(AlertRule rule) {
        Draft says(String english, String chinese) {
            return words(english, chinese, rule.nextAction(), rule.nextActionZh());
        }

        Draft next(String english, String chinese) {
            return words(rule.title(), rule.titleZh(), english, chinese);
        }

        private Draft words(String title, String titleZh, String next, String nextZh) {
            return new Draft(new AlertRule(
                    rule.id(),
                    title,
                    titleZh,
                    next,
                    nextZh,
                    rule.severity(),
                    rule.metric(),
                    rule.comparison(),
                    rule.threshold(),
                    rule.lasting(),
                    rule.enabled()));
        }
    }
}
