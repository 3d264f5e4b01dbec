// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.notices.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.solera.platform.api.HealthReport;
import org.solera.platform.api.HealthTree;
import org.solera.platform.api.history.Snapshot;
import org.solera.platform.notices.internal.Scene.Reading;

class SceneMakerTest {
    private static final Set<String> WANTED =
            DefaultRules.all().stream().map(spec -> spec.rule().metric()).collect(Collectors.toSet());

    private final SceneMaker maker = new SceneMaker();

    private Scene make(Snapshot figures, long seconds) {
        return maker.make(figures, List.of(), WANTED, TimeUnit.SECONDS.toNanos(seconds));
    }

    @Test
    void derivesWhatFollowsFromSeveralFigures() {
        Snapshot figures = new Snapshot();
        figures.gauge("solera_storage_drive_total_bytes", "", 1_000, "drive", "d0");
        figures.gauge("solera_storage_drive_free_bytes", "", 100, "drive", "d0");
        figures.gauge("solera_storage_drive_total_bytes", "", 0, "drive", "d1");
        figures.gauge("solera_storage_drive_free_bytes", "", 0, "drive", "d1");
        figures.gauge("solera_host_filesystem_total_bytes", "", 200, "folder", "data");
        figures.gauge("solera_host_filesystem_free_bytes", "", 4, "folder", "data");
        figures.gauge("solera_platform_executor_queued", "", 90, "pool", "storage-commit");
        figures.gauge("solera_platform_executor_queue_limit", "", 100, "pool", "storage-commit");
        Scene scene = make(figures, 0);
        assertEquals(
                0, scene.of("solera_storage_drive_down").get("drive=\"d0\"").value());
        assertEquals(
                1, scene.of("solera_storage_drive_down").get("drive=\"d1\"").value());
        assertEquals(10, scene.of("solera_storage_free_percent").get("").value());
        assertEquals(
                2,
                scene.of("solera_host_filesystem_free_percent")
                        .get("folder=\"data\"")
                        .value());
        assertEquals(
                90,
                scene.of("solera_platform_executor_queue_percent")
                        .get("pool=\"storage-commit\"")
                        .value());
    }

    @Test
    void staysSilentWhereAFigureIsNotThere() {
        assertEquals(Map.of(), make(new Snapshot(), 0).readings());
        assertEquals(Map.of(), Evaluation.step(Map.of(), make(new Snapshot(), 15), DefaultRules.all(), 0));
    }

    @Test
    void countsABackupThatWasNeverMadeAsOld() {
        Snapshot figures = new Snapshot();
        figures.gauge("solera_backup_age_seconds", "", -1);
        Reading never = make(figures, 0).of("solera_backup_age_seconds").get("");
        assertEquals(Double.POSITIVE_INFINITY, never.value());
    }

    @Test
    void countsWhatGrewWithinTenMinutesOverARestart() {
        String metric = "solera_platform_logins_refused_total:increase10m";
        double grown = 0;
        long[] refused = {500, 510, 530, 3, 4};
        for (int i = 0; i < refused.length; i++) {
            Snapshot figures = new Snapshot();
            figures.counter("solera_platform_logins_refused_total", "", refused[i]);
            grown = make(figures, i * 60L).of(metric).get("").value();
        }
        assertEquals(34, grown, "30 before the counter began anew, 4 after");
        Snapshot later = new Snapshot();
        later.counter("solera_platform_logins_refused_total", "", 4);
        assertEquals(1, make(later, 4 * 60 + 540).of(metric).get("").value());
        assertEquals(0, make(later, 4 * 60 + 601).of(metric).get("").value());
    }

    @Test
    void giveEachPartOfTheHealthToTheRuleThatIsAboutIt() {
        List<HealthTree.Entry> parts = List.of(
                new HealthTree.Entry("storage.engine", 1, HealthReport.down("No drive.", "Add one.")),
                new HealthTree.Entry("storage.s3", 2, HealthReport.degraded("Slow.", "")),
                new HealthTree.Entry("platform.audit", 3, HealthReport.degraded("Full.", "Free space.")),
                new HealthTree.Entry("platform.rest", 4, HealthReport.down("Starts.", "")),
                new HealthTree.Entry("platform.rest", 5, HealthReport.up("")));
        Scene scene = maker.make(new Snapshot(), parts, WANTED, 0);
        Map<String, Reading> health = scene.of("health");
        assertEquals(1, health.get("part=\"storage.engine\"").value());
        assertEquals(0, health.get("part=\"storage.s3\"").value(), "it still works");
        assertEquals(0, health.get("part=\"platform.rest\"").value(), "another version of it works");
        assertFalse(health.containsKey("part=\"platform.audit\""));
        Reading audit = scene.of("health:platform.audit").get("part=\"platform.audit\"");
        assertEquals(1, audit.value());
        assertTrue(DefaultRules.all().stream()
                .filter(spec -> spec.rule().id().equals("audit-down"))
                .allMatch(spec -> spec.holds(audit.value())));
    }
}
