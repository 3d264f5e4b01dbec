// SPDX-License-Identifier: Apache-2.0
package org.solera.upgrade.engine.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.solera.platform.api.HealthReport.Status;
import org.solera.platform.api.PlatformError;
import org.solera.platform.api.SoleraException;
import org.solera.upgrade.api.FeatureLedger;
import org.solera.upgrade.api.UpgradeError;

class JournaledFeatureLedgerTest {
    private static final String GPU = "solera.gpu;vendor=nvidia;vulkan:Version=\"1.3\"";

    @TempDir
    private Path folder;

    private Bench bench;

    @BeforeEach
    void boot() throws Exception {
        bench = new Bench(folder);
    }

    @AfterEach
    void end() throws Exception {
        bench.close();
    }

    private FeatureLedger.Installed installed(String name) {
        return bench.ledger.installed().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void tellsWhatIsInstalledInWhichVersionAndWhy() {
        assertEquals(
                new FeatureLedger.Installed("solera-store", "1.0.0", Bench.STORE_REPOSITORY, "product"),
                installed("solera-store"));
        assertEquals(List.of("solera-extra", "solera-store"), bench.ledger.known());
    }

    @Test
    void replacesGeneratedFeaturesAndSurvivesADeletedCache() throws Exception {
        assertTrue(bench.ledger.replaceGenerated("solera-hardware", List.of("solera.box;arch=x86_64"), "hardware"));
        FeatureLedger.Installed first = installed("solera-hardware");
        assertEquals("hardware", first.reason());

        assertTrue(bench.ledger.replaceGenerated("solera-hardware", List.of(GPU, "solera.box;x=\"<&>\""), "hardware"));

        FeatureLedger.Installed second = installed("solera-hardware");
        assertTrue(second.version().startsWith("1.0.1."), second.version());
        assertEquals(
                1,
                bench.box.required.stream()
                        .filter(each -> each.name().equals("solera-hardware"))
                        .count());
        assertFalse(bench.box.repositories.containsKey(first.repository()));
        assertTrue(bench.cacheTrusted());
        bench.reboot();
        assertEquals(second, installed("solera-hardware"));
    }

    @Test
    void leavesAGeneratedFeatureWithTheSameContentAlone() throws Exception {
        assertTrue(bench.ledger.replaceGenerated("solera-hardware", List.of(GPU), "hardware"));
        String record = bench.store.record().sha256();
        bench.reboot();
        assertFalse(bench.ledger.replaceGenerated("solera-hardware", List.of(GPU), "hardware"));
        assertEquals(record, bench.store.record().sha256());
    }

    @Test
    void refusesToTakeAwayWhatARunningFeatureNeeds() throws Exception {
        assertTrue(bench.ledger.replaceGenerated("solera-hardware", List.of(GPU), "hardware"));
        FeatureLedger.Installed before = installed("solera-hardware");
        bench.box.neededCapability = GPU.replace("\"", "&quot;");

        SoleraException refused = assertThrows(
                SoleraException.class,
                () -> bench.ledger.replaceGenerated("solera-hardware", List.of("solera.box;arch=x86_64"), "hardware"));

        assertEquals(UpgradeError.DOES_NOT_RESOLVE, refused.code());
        assertEquals(before, installed("solera-hardware"));
        assertEquals(
                1,
                bench.box.repositories.keySet().stream()
                        .filter(each -> each.contains("solera-hardware"))
                        .count());
        assertTrue(bench.cacheTrusted());
    }

    @Test
    void recordsWhatAnOperatorInstallsAndUninstalls() throws Exception {
        bench.ledger.install("solera-extra", "operator");
        assertEquals("operator", installed("solera-extra").reason());
        bench.reboot();
        assertTrue(bench.box.titles().contains("extra/1.0.0"));

        bench.ledger.uninstall("solera-extra");

        bench.reboot();
        assertFalse(bench.box.titles().contains("extra/1.0.0"));
        assertTrue(bench.box.titles().contains("org.solera.store/1.0.0"));
        SoleraException gone = assertThrows(SoleraException.class, () -> bench.ledger.uninstall("solera-extra"));
        assertEquals(UpgradeError.NOT_INSTALLED, gone.code());
    }

    @Test
    void saysWhatAFeatureLacks() throws Exception {
        assertEquals(Optional.empty(), bench.ledger.unmet("solera-store"));
        bench.box.next.resolves = false;
        assertEquals(Optional.of("missing requirement no.such.pkg"), bench.ledger.unmet("solera-extra"));
        SoleraException unknown = assertThrows(SoleraException.class, () -> bench.ledger.unmet("solera-unknown"));
        assertEquals(PlatformError.NOT_FOUND, unknown.code());
    }

    @Test
    void takesAnInstallationBackWhenTheRecordCannotBeWritten() throws Exception {
        AtomicReference<Runnable> repair = new AtomicReference<>();
        bench.box.onInstall = () -> repair.set(bench.breakRecord());
        SoleraException failure =
                assertThrows(SoleraException.class, () -> bench.ledger.install("solera-extra", "operator"));
        repair.get().run();
        assertEquals(UpgradeError.RECORD_NOT_WRITTEN, failure.code());
        assertEquals("The record of what is installed could not be written: Is a directory.", failure.getMessage());
        assertFalse(bench.box.titles().contains("extra/1.0.0"));
    }

    @Test
    void keepsOnlyPackagesThatAreNeededAndTheLastThree() throws Exception {
        for (int i = 0; i < 8; i++) {
            assertTrue(bench.ledger.replaceGenerated("solera-hardware", List.of("solera.box;n=" + i), "hardware"));
        }
        Path kept = bench.data.resolve("repository/org/solera/swap/solera-hardware");
        try (Stream<Path> versions = Files.list(kept)) {
            long count = versions.count();
            assertTrue(count >= 3 && count <= 4, "kept " + count);
        }
        bench.reboot();
        assertTrue(installed("solera-hardware").version().startsWith("1.0.7."));
    }

    @Test
    void healthTellsWhenWhatRunsIsNotWhatIsRecorded() throws Exception {
        RecordGuard guard = new RecordGuard(bench.store, bench.box, bench.box);
        assertEquals(Status.UP, guard.check().status());
        assertTrue(bench.cacheTrusted());

        bench.box.required.add(new FeatureId("solera-extra", "1.0.0"));
        assertEquals(Status.DEGRADED, guard.check().status());
        assertTrue(guard.check().detail().contains("solera-extra/1.0.0"));
        assertFalse(bench.cacheTrusted());

        bench.box.required.remove(Bench.STORE);
        assertEquals(Status.DOWN, guard.check().status());
        assertTrue(guard.check().detail().contains("solera-store/1.0.0"));

        bench.box.required.add(Bench.STORE);
        bench.box.required.remove(new FeatureId("solera-extra", "1.0.0"));
        assertEquals(Status.UP, guard.check().status());
        assertTrue(bench.cacheTrusted());
    }

    @Test
    void healthTellsOfABundleThatNoFeatureHolds() throws Exception {
        RecordGuard guard = new RecordGuard(bench.store, bench.box, bench.box);
        bench.box.stray("mvn:org.solera.swap/org.solera.store/0.9.0-abc");
        assertEquals(Status.DEGRADED, guard.check().status());
        assertTrue(
                guard.check().detail().contains("org.solera.store/0.9.0"),
                guard.check().detail());
        assertFalse(bench.cacheTrusted());
    }

    private static final String OFFER = "mvn:org.solera.offers/offer/1.0.0/xml/features";

    private void offer() {
        bench.box.shipped.put(OFFER, """
                <feature name="solera-offer" version="1.0.0"><bundle>mvn:org.solera/offer/1.0.0</bundle></feature>
                """);
    }

    @Test
    void aRepositoryIsAddedAndTakenAway() throws Exception {
        offer();
        bench.ledger.addRepository(OFFER);
        assertTrue(bench.ledger.repositories().contains(OFFER));
        assertTrue(bench.ledger.known().contains("solera-offer"));

        bench.ledger.removeRepository(OFFER);

        assertFalse(bench.ledger.repositories().contains(OFFER));
        assertFalse(bench.ledger.known().contains("solera-offer"));
        assertTrue(bench.cacheTrusted());
        SoleraException gone = assertThrows(SoleraException.class, () -> bench.ledger.removeRepository(OFFER));
        assertEquals(PlatformError.NOT_FOUND, gone.code());
    }

    @Test
    void aRepositoryThatCannotBeReadIsNotRecorded() throws Exception {
        SoleraException unreadable =
                assertThrows(SoleraException.class, () -> bench.ledger.addRepository("file:/none.xml"));
        assertEquals(PlatformError.INVALID_REQUEST, unreadable.code());
        assertEquals("The repository file:/none.xml cannot be read.", unreadable.getMessage());
        assertFalse(bench.ledger.repositories().contains("file:/none.xml"));
        assertTrue(bench.cacheTrusted());
    }

    @Test
    void aRepositoryOfAnInstalledFeatureStays() throws Exception {
        offer();
        bench.ledger.addRepository(OFFER);
        bench.ledger.install("solera-offer", "operator");
        SoleraException used = assertThrows(SoleraException.class, () -> bench.ledger.removeRepository(OFFER));
        assertEquals(PlatformError.CONFLICT, used.code());
        assertTrue(used.explain().contains("solera-offer/1.0.0"), used.explain());
        assertTrue(bench.ledger.repositories().contains(OFFER));
    }

    @Test
    void healthNamesARepositoryThatVanishedUntilItIsTakenAway() throws Exception {
        RecordGuard guard = new RecordGuard(bench.store, bench.box, bench.box);
        offer();
        bench.ledger.addRepository(OFFER);
        assertEquals(Status.UP, guard.check().status());

        bench.box.repositories.remove(OFFER);

        assertEquals(Status.DEGRADED, guard.check().status());
        assertTrue(guard.check().detail().contains(OFFER), guard.check().detail());
        assertTrue(guard.check().nextAction().contains("upgrade:repository-remove " + OFFER));
        bench.ledger.removeRepository(OFFER);
        assertEquals(Status.UP, guard.check().status());
    }

    @Test
    void healthNamesAFileThatVanishedWhileTheContainerStillKnowsIt() throws Exception {
        RecordGuard guard = new RecordGuard(bench.store, bench.box, bench.box);
        Path file = Files.writeString(folder.resolve("offer.xml"), "<features/>");
        String address = "file:" + file;
        bench.box.shipped.put(address, "");
        bench.ledger.addRepository(address);
        assertEquals(Status.UP, guard.check().status());
        Files.delete(file);
        assertEquals(Status.DEGRADED, guard.check().status());
        assertTrue(guard.check().detail().contains(address), guard.check().detail());
    }
}
