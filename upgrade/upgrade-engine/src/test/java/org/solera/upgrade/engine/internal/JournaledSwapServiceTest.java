// SPDX-License-Identifier: Apache-2.0
package org.solera.upgrade.engine.internal;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.solera.platform.api.SoleraException;
import org.solera.upgrade.api.SwapPhase;
import org.solera.upgrade.api.SwapPlan;
import org.solera.upgrade.api.SwapRecord;
import org.solera.upgrade.api.UpgradeError;
import org.solera.upgrade.api.UpgradeException;

class JournaledSwapServiceTest {
    private static final String OLD = "org.solera.store/1.0.0";
    private static final String NEW = "org.solera.store/1.0.1";

    @TempDir
    private Path folder;

    private Bench bench;

    @BeforeEach
    void boot() throws Exception {
        bench = new Bench(folder);
    }

    @AfterEach
    void end() {
        bench.close();
    }

    private SwapRecord swap(String version) throws Exception {
        return bench.swaps.execute(bench.swaps.plan(bench.bundle(version)).hash());
    }

    private UpgradeError refusal(String version, String... headers) {
        SoleraException refused =
                assertThrows(SoleraException.class, () -> bench.swaps.plan(bench.bundle(version, headers)));
        assertFalse(refused.nextAction().isEmpty(), "a refusal says what to do");
        return (UpgradeError) refused.code();
    }

    @Test
    void planTellsWhatItWillDoAndChangesNothing() throws Exception {
        bench.box.resources.add("storage.drives");
        String before = bench.store.record().sha256();

        SwapPlan plan = bench.swaps.plan(bench.bundle("1.0.1"));

        assertEquals("org.solera.store", plan.bundle());
        assertEquals("solera-store", plan.feature());
        assertEquals(List.of(NEW), plan.add());
        assertEquals(List.of(OLD), plan.remove());
        assertEquals(List.of(), plan.refresh());
        assertEquals(List.of("storage.drives"), plan.owned());
        assertEquals(List.of("s3"), plan.affectedPorts());
        assertEquals(3_000, plan.longestPauseMillis());
        assertEquals(before, bench.store.record().sha256());
        assertEquals(Set.of(OLD), stores());
        assertTrue(bench.box.repositories.keySet().stream().noneMatch(each -> each.contains("solera.swap")));
        assertTrue(bench.cacheTrusted());
    }

    private Set<String> stores() {
        Set<String> stores = new TreeSet<>(bench.box.titles());
        stores.removeIf(title -> !title.startsWith("org.solera.store/"));
        return stores;
    }

    @Test
    void replacesTheOldVersionAfterTheNewOneServes() throws Exception {
        long old = bench.box.idOf(OLD);

        SwapRecord swap = swap("1.0.1");

        assertEquals(SwapPhase.DONE, swap.phase(), swap.failure());
        assertEquals("", swap.failure());
        assertEquals(Set.of(NEW), stores());
        assertEquals(List.of(old), bench.box.drained);
        assertTrue(bench.cacheTrusted());
        int install = bench.box.calls.indexOf("install solera-store/1.0.1");
        int uninstall = bench.box.calls.indexOf("uninstall solera-store/1.0.0");
        assertTrue(install >= 0 && install < uninstall, "make before break: " + bench.box.calls);
        InstalledRecord record = bench.store.record().read();
        assertEquals(Optional.of(new FeatureId("solera-store", "1.0.1")), record.find("solera-store"));
        assertEquals("swap 1", record.reason(new FeatureId("solera-store", "1.0.1")));
        assertFalse(record.repositories().contains(Bench.STORE_REPOSITORY));
        assertEquals(2, record.stages().size());
    }

    @Test
    void bootsTheSameBundlesAfterADeletedCache() throws Exception {
        assertEquals(SwapPhase.DONE, swap("1.0.1").phase());
        bench.reboot();
        assertEquals(Set.of(NEW), stores());
        assertEquals(SwapPhase.DONE, swap("1.0.2").phase());
        bench.reboot();
        assertEquals(Set.of("org.solera.store/1.0.2"), stores());
    }

    @Test
    void goesBackToAnEarlierVersion() throws Exception {
        assertEquals(SwapPhase.DONE, swap("1.0.1").phase());
        assertEquals(SwapPhase.DONE, swap("1.0.0").phase());
        assertEquals(Set.of(OLD), stores());
    }

    @Test
    void handsOverWhatOnlyOneMayOwn() throws Exception {
        bench.box.resources.add("storage.drives");
        bench.box.owners.put("storage.drives", bench.box.idOf(OLD));

        assertEquals(SwapPhase.DONE, swap("1.0.1").phase());

        assertEquals(bench.box.idOf(NEW), bench.box.owners.get("storage.drives"));
    }

    @ParameterizedTest
    @EnumSource(Checkpoint.Point.class)
    void aPowerCutAnywhereLeavesWhatTheRecordSaysAndATruthfulHistory(Checkpoint.Point point) throws Exception {
        String plan = bench.swaps.plan(bench.bundle("1.0.1")).hash();
        bench.cutAt = point;
        long id = bench.swaps.begin(plan).id();
        await().atMost(Duration.ofSeconds(20)).until(() -> !bench.swapRuns());
        boolean committed = point.compareTo(Checkpoint.Point.RECORDED) >= 0;
        assertFalse(bench.cacheTrusted(), "the launcher must delete the cache");

        bench.cutAt = null;
        bench.reboot();

        assertEquals(Set.of(committed ? NEW : OLD), stores());
        SwapRecord told = bench.swaps.find(id).orElseThrow();
        assertEquals(committed ? SwapPhase.DONE : SwapPhase.ROLLED_BACK, told.phase());
        assertEquals(committed, told.failure().isEmpty());
        assertEquals(SwapPhase.DONE, swap(committed ? "1.0.2" : "1.0.1").phase(), "swaps go on");
    }

    @ParameterizedTest
    @CsvSource({"start, DOES_NOT_START", "component, failed", "service, offer", "soak, on fire", "owner, newer format"})
    void takesBackAVersionThatIsNoGood(String fault, String words) throws Exception {
        long old = bench.box.idOf(OLD);
        SwapPlan plan = bench.swaps.plan(bench.bundle("1.0.1"));
        FakeBox.Behaviour broken = new FakeBox.Behaviour();
        switch (fault) {
            case "start" -> broken.starts = false;
            case "component" -> broken.failedComponent = "java.lang.IllegalStateException: failed";
            case "service" -> broken.services.clear();
            case "soak" -> broken.healthyRounds = 3;
            default -> {
                bench.box.resources.add("storage.drives");
                bench.box.owners.put("storage.drives", old);
                plan = bench.swaps.plan(bench.bundle("1.0.1"));
                broken.opens = false;
            }
        }
        bench.box.next = broken;
        String before = bench.store.record().sha256();

        SwapRecord swap = bench.swaps.execute(plan.hash());

        assertEquals(SwapPhase.ROLLED_BACK, swap.phase());
        assertTrue(
                fault.equals("start")
                        ? swap.failure().contains("activator threw")
                        : swap.failure().contains(words),
                swap.failure());
        assertEquals(Set.of(OLD), stores());
        assertEquals(before, bench.store.record().sha256());
        assertEquals(List.of(old), bench.box.resumed);
        assertTrue(bench.box.drained.isEmpty(), "the old version was never drained");
        assertTrue(bench.cacheTrusted());
        bench.box.next = new FakeBox.Behaviour();
        assertEquals(SwapPhase.DONE, bench.swaps.execute(plan.hash()).phase(), "the same plan is still good");
    }

    @Test
    void givesOwnershipBackWhenTheNewOwnerFailsLater() throws Exception {
        long old = bench.box.idOf(OLD);
        bench.box.resources.add("storage.drives");
        bench.box.owners.put("storage.drives", old);
        SwapPlan plan = bench.swaps.plan(bench.bundle("1.0.1"));
        bench.box.next.healthyRounds = 4;

        SwapRecord swap = bench.swaps.execute(plan.hash());

        assertEquals(SwapPhase.ROLLED_BACK, swap.phase());
        assertEquals(old, bench.box.owners.get("storage.drives"));
    }

    @Test
    void takesTheNewVersionBackWhenTheRecordCannotBeWritten() throws Exception {
        SwapPlan plan = bench.swaps.plan(bench.bundle("1.0.1"));
        AtomicReference<Runnable> repair = new AtomicReference<>();
        bench.box.onInstall = () -> repair.set(bench.breakRecord());

        SwapRecord swap = bench.swaps.execute(plan.hash());
        repair.get().run();

        assertEquals(SwapPhase.ROLLED_BACK, swap.phase());
        assertTrue(swap.failure().contains("record"), swap.failure());
        assertEquals(Set.of(OLD), stores());
        bench.reboot();
        assertEquals(Set.of(OLD), stores());
    }

    @Test
    void refusesAPlanWhoseRequirementsAreNotMet() {
        bench.box.next.resolves = false;
        assertEquals(UpgradeError.DOES_NOT_RESOLVE, refusal("1.0.1"));
        assertEquals(Set.of(OLD), stores());
    }

    @Test
    void tellsWhenTheOldVersionCannotBeRemoved() throws Exception {
        SwapPlan plan = bench.swaps.plan(bench.bundle("1.0.1"));
        bench.box.uninstallFails = true;

        SwapRecord swap = bench.swaps.execute(plan.hash());

        assertEquals(SwapPhase.DONE, swap.phase());
        assertTrue(swap.failure().contains("restart the appliance"), swap.failure());
        assertFalse(bench.cacheTrusted(), "the next boot must start from the record");
        bench.reboot();
        assertEquals(Set.of(NEW), stores());
    }

    @Test
    void refusesWhatCannotServeTwiceAndSaysWhy() {
        assertEquals(UpgradeError.SAME_VERSION, refusal("1.0.0"));
        assertEquals(UpgradeError.NEEDS_RESTART, refusal("1.0.1", "Export-Package", "org.solera.store"));
        assertEquals(UpgradeError.NEEDS_RESTART, refusal("1.0.1", "Fragment-Host", "org.solera.other"));
        assertEquals(
                UpgradeError.NEEDS_RESTART,
                refusal("1.0.1", "Bundle-SymbolicName", "org.solera.store; singleton:=true"));
        assertEquals(UpgradeError.NOT_INSTALLED, refusal("1.0.1", "Bundle-SymbolicName", "org.solera.other"));
        assertEquals(UpgradeError.NOT_A_BUNDLE, refusal("1.0.1", "Bundle-ManifestVersion", "1"));
        bench.box.staticUsers.add("org.solera.front/1.0.0: Front");
        assertEquals(UpgradeError.NEEDS_RESTART, refusal("1.0.1"));
        bench.box.staticUsers.clear();
        bench.box.dependants.add("org.solera.front/1.0.0");
        assertEquals(UpgradeError.NEEDS_RESTART, refusal("1.0.1"));
    }

    @Test
    void refusesAPlanThatIsOlderThanTheRecord() throws Exception {
        SwapPlan first = bench.swaps.plan(bench.bundle("1.0.1"));
        assertEquals(SwapPhase.DONE, swap("1.0.2").phase());

        UpgradeException stale = assertThrows(UpgradeException.class, () -> bench.swaps.execute(first.hash()));

        assertEquals(UpgradeError.STALE_PLAN, stale.code());
        assertEquals(Set.of("org.solera.store/1.0.2"), stores());
    }

    @Test
    void runsOneChangeAtATime() throws Exception {
        SwapPlan plan = bench.swaps.plan(bench.bundle("1.0.1"));
        var lease = bench.store.lock().take(Duration.ZERO);

        UpgradeException busy = assertThrows(UpgradeException.class, () -> bench.swaps.execute(plan.hash()));

        assertEquals(UpgradeError.BUSY, busy.code());
        assertTrue(busy.code().retryable());
        lease.close();
        assertEquals(SwapPhase.DONE, bench.swaps.execute(plan.hash()).phase());
    }

    @Test
    void keepsWhatServedForGoingBackWhateverFailedSince() throws Exception {
        assertEquals(SwapPhase.DONE, swap("1.0.1").phase());
        assertEquals(SwapPhase.DONE, swap("1.0.2").phase());
        for (int i = 1; i < 6; i++) {
            SwapPlan plan = bench.swaps.plan(bench.bundle("1.1." + i));
            bench.box.next = new FakeBox.Behaviour();
            bench.box.next.failedComponent = "broken";
            assertEquals(SwapPhase.ROLLED_BACK, bench.swaps.execute(plan.hash()).phase());
        }
        bench.reboot();
        assertEquals(SwapPhase.DONE, swap("1.0.3").phase());

        try (Stream<Path> kept = Files.list(bench.data.resolve("repository/org/solera/swap/org.solera.store"))) {
            assertEquals(
                    List.of("1.0.1", "1.0.2", "1.0.3"),
                    kept.map(each -> each.getFileName().toString().replaceAll("-.*", ""))
                            .sorted()
                            .toList());
        }
    }

    @Test
    void keepsTheLastSixteenPlans() throws Exception {
        SwapPlan first = bench.swaps.plan(bench.bundle("1.0.1"));
        for (int i = 2; i < 18; i++) {
            bench.swaps.plan(bench.bundle("1.0." + i));
        }
        UpgradeException stale = assertThrows(UpgradeException.class, () -> bench.swaps.execute(first.hash()));
        assertEquals(UpgradeError.STALE_PLAN, stale.code());
    }

    @Test
    void takesTheSwapBackWhenTheCallerGivesUpBeforeTheCommit() throws Exception {
        SwapPlan plan = bench.swaps.plan(bench.bundle("1.0.1"));
        CountDownLatch installing = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        bench.box.onInstall = () -> {
            installing.countDown();
            try {
                assertTrue(goOn.await(20, TimeUnit.SECONDS));
            } catch (InterruptedException stopped) {
                throw new IllegalStateException(stopped);
            }
        };
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread caller = new Thread(() -> {
            try {
                bench.swaps.execute(plan.hash());
            } catch (SoleraException | InterruptedException gaveUp) {
                thrown.set(gaveUp);
            }
        });
        caller.start();
        assertTrue(installing.await(20, TimeUnit.SECONDS));
        caller.interrupt();
        caller.join(20_000);
        goOn.countDown();
        await().atMost(Duration.ofSeconds(20)).until(() -> !bench.swapRuns());

        assertTrue(thrown.get() instanceof InterruptedException, String.valueOf(thrown.get()));
        assertEquals(SwapPhase.ROLLED_BACK, bench.swaps.history().get(0).phase());
        assertEquals(Set.of(OLD), stores());
    }

    @Test
    void aPartThatWasDownBeforeMayBeDownAfter() throws Exception {
        bench.box.behaviourOf(OLD).healthyRounds = 0;
        bench.box.next.healthyRounds = 0;
        assertEquals(SwapPhase.DONE, swap("1.0.1").phase(), "an update must be able to repair a box");
    }
}
