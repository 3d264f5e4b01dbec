// SPDX-License-Identifier: Apache-2.0
package org.solera.hardware.binder.internal;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.solera.hardware.api.HardwareService.FeatureVerdict;
import org.solera.hardware.api.HardwareService.TuningState;
import org.solera.hardware.api.Inventory;
import org.solera.platform.api.HealthReport;
import org.solera.platform.api.NamedExecutors;
import org.solera.platform.api.PlatformError;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.spi.MetricSource;
import org.solera.upgrade.api.FeatureLedger;
import org.solera.upgrade.api.UpgradeError;
import org.solera.upgrade.api.UpgradeException;

class HardwareBinderTest {
    private static final String TUNED = """
            name: generic-x86_64
            description: {en: Any, zh-CN: 任意}
            match: [{fact: architecture, is: x86_64}]
            tuning: {solera.media.image: {workers: 2}}
            """;
    private static final String RENDER = """
            name: render
            description: {en: Cards, zh-CN: 显卡}
            match: [{fact: architecture, is: x86_64}, {fact: gpu.vendor, is: nvidia}]
            tuning: {solera.media.image: {workers: 8}}
            """;

    @TempDir
    Path data;

    private final Threads threads = new Threads();
    private final MemoryConfigurations admin = new MemoryConfigurations();
    private final Ledger ledger = new Ledger();
    private volatile Inventory machine = Boxes.small();
    private HardwareBinder binder;

    @BeforeEach
    void open() throws IOException {
        Files.createDirectories(data.resolve("profiles"));
        binder = binder("");
    }

    private HardwareBinder binder(String forced) {
        return new HardwareBinder(
                new ProfileShelf(
                        Map.of(
                                "a.yaml", TUNED.getBytes(StandardCharsets.UTF_8),
                                "b.yaml", RENDER.getBytes(StandardCharsets.UTF_8)),
                        data.resolve("profiles")),
                new TuningWriter(admin, new AppliedTuning(data)),
                threads,
                forced,
                0);
    }

    @AfterEach
    void close() {
        binder.deactivate();
        assertTrue(threads.ended(), "every executor is shut down");
    }

    private void started() throws SoleraException {
        binder.bindLedger(ledger, Map.of());
        binder.bindProbe(() -> machine, Map.of());
        binder.probe();
    }

    @Test
    void offersTheCapabilitiesWhenProbeAndLedgerAreThere() throws SoleraException {
        started();

        assertEquals("generic-x86_64", binder.profile());
        assertEquals(binder.capabilities(), ledger.offered.get(0));
        assertTrue(
                binder.capabilities().get(0).startsWith("solera.box;arch=x86_64;profile=generic-x86_64;cores:Long=2"));
        assertEquals(Map.of("workers", 2), admin.properties("solera.media.image"));
        assertEquals(HealthReport.Status.UP, binder.check().status());
        assertEquals(
                "Profile generic-x86_64: 2 cores, 4 GiB of memory, no GPU.",
                binder.check().detail());
    }

    @Test
    void offersThemWhenTheLedgerComesLast() throws SoleraException {
        binder.bindProbe(() -> machine, Map.of());
        binder.probe();
        assertEquals(HealthReport.Status.DEGRADED, binder.check().status());

        binder.bindLedger(ledger, Map.of());

        await().until(() -> binder.check().status() == HealthReport.Status.UP);
        assertEquals(1, ledger.offered.size());
    }

    @Test
    void offersNothingTwiceAndAllAgainToANewLedger() throws SoleraException {
        started();
        binder.probe();
        binder.probe();
        assertEquals(1, ledger.offered.size());

        Ledger next = new Ledger();
        binder.bindLedger(next, Map.of("service.bundleid", 9L));
        binder.unbindLedger(ledger);

        await().until(() -> next.offered.size() == 1);
    }

    @Test
    void newHardwareChangesProfileCapabilitiesAndSettings() throws SoleraException {
        started();
        machine = Boxes.render();

        assertEquals(machine, binder.probe());

        assertEquals("render", binder.profile());
        assertEquals(2, ledger.offered.size());
        assertTrue(ledger.offered.get(1).get(2).contains("vulkan:Version=\"1.3\""));
        assertEquals(Map.of("workers", 8), admin.properties("solera.media.image"));
        assertEquals("render", binder.matches().get(0).profile());
    }

    @Test
    void showsWhatAPersonSetByHand() throws SoleraException {
        admin.put("solera.media.image", Map.of("workers", "1"));

        started();

        assertEquals(TuningState.KEPT_BY_HAND, binder.tuning().get(0).state());
        assertEquals(HealthReport.Status.UP, binder.check().status());
        assertTrue(
                binder.check()
                        .detail()
                        .endsWith(
                                "Set by hand and left alone: workers of solera.media.image is 1, the profile says 2."),
                binder.check().detail());
        assertEquals(1.0, figures().get("solera_hardware_tuning_differences"));
    }

    @Test
    void aRefusalOfTheResolverIsShownAndTheFactsStay() throws SoleraException {
        ledger.refusal = new UpgradeException(
                UpgradeError.DOES_NOT_RESOLVE, "A running feature needs the GPU.", "Uninstall solera-render.", null);

        started();

        assertEquals("generic-x86_64", binder.profile());
        assertEquals(HealthReport.Status.DEGRADED, binder.check().status());
        assertTrue(binder.problems().get(0).endsWith("A running feature needs the GPU. Uninstall solera-render."));
        ledger.refusal = null;
        binder.probe();
        assertEquals(List.of(), binder.problems());
    }

    @Test
    void judgesFeaturesInPlainWords() throws SoleraException {
        ledger.installed.add("solera-storage");
        ledger.unmet.put(
                "solera-render-gpu",
                "missing requirement [solera-render-gpu/1.0.0] solera.gpu; filter:=\"(vendor=nvidia)\"");
        started();

        assertEquals(
                List.of(
                        new FeatureVerdict("solera-media", false, true, ""),
                        new FeatureVerdict(
                                "solera-render-gpu",
                                false,
                                false,
                                "solera-render-gpu is off: needs a GPU with vendor nvidia; this box has none (profile"
                                        + " generic-x86_64). Add such a GPU, or use software rendering."),
                        new FeatureVerdict("solera-storage", true, true, "")),
                binder.features());
        assertEquals(List.of("solera-media", "solera-render-gpu"), ledger.asked);
        SoleraException unknown = assertThrows(SoleraException.class, () -> binder.judge("solera-no"));
        assertSame(PlatformError.NOT_FOUND, unknown.code());
    }

    @Test
    void beforeTheFirstProbeNothingIsClaimed() {
        assertEquals("none", binder.profile());
        assertEquals(List.of(), binder.capabilities());
        assertEquals(HealthReport.Status.DEGRADED, binder.check().status());
        SoleraException refused = assertThrows(SoleraException.class, () -> binder.probe());
        assertSame(PlatformError.CONFLICT, refused.code());
    }

    @Test
    void aProbeThatFailsLeavesTheFactsInForce() throws SoleraException {
        started();
        binder.bindProbe(
                () -> {
                    throw new IllegalStateException("broken");
                },
                Map.of("service.ranking", 5));

        assertThrows(SoleraException.class, () -> binder.probe());

        assertEquals("generic-x86_64", binder.profile());
    }

    @Test
    void aVersionThatIsToGoTouchesNothingAnyMore() throws SoleraException, InterruptedException {
        started();

        assertTrue(binder.drain(Duration.ofSeconds(5)));
        machine = Boxes.render();
        assertThrows(SoleraException.class, () -> binder.probe());
        assertEquals(1, ledger.offered.size());

        binder.resume();
        await().until(() -> ledger.offered.size() == 2);
    }

    @Test
    void aBrokenAddedProfileIsNamed() throws IOException, SoleraException {
        Files.writeString(data.resolve("profiles/mine.yaml"), "name: [\n");

        started();

        assertEquals(HealthReport.Status.DEGRADED, binder.check().status());
        assertTrue(
                binder.check().detail().contains("mine.yaml: this is no YAML"),
                binder.check().detail());
    }

    @Test
    void anUnknownForcedProfileIsNamed() throws SoleraException {
        binder.deactivate();
        binder = binder("gone");
        started();

        assertEquals("generic-x86_64", binder.profile());
        assertEquals(List.of("Profile gone, which the configuration asks for, is not there."), binder.problems());
    }

    @Test
    void givesFigures() throws SoleraException {
        machine = Boxes.render();
        started();

        assertEquals(2.0, figures().get("solera_hardware_gpus"));
        assertEquals(32.0, figures().get("solera_hardware_cpu_cores"));
        assertEquals((double) (128L << 30), figures().get("solera_hardware_memory_bytes"));
        assertEquals(1.0, figures().get("solera_hardware_profile_info"));
    }

    private Map<String, Double> figures() {
        Map<String, Double> figures = new TreeMap<>();
        binder.collect(new MetricSource.Sink() {
            @Override
            public void counter(String name, String help, double value, String... labels) {
                figures.put(name, value);
            }

            @Override
            public void gauge(String name, String help, double value, String... labels) {
                figures.put(name, value);
            }

            @Override
            public void histogram(
                    String name, String help, double[] bounds, long[] counts, double sum, String... labels) {
                throw new UnsupportedOperationException(name);
            }
        });
        return figures;
    }

    /** A record of features in memory. */
    private static final class Ledger implements FeatureLedger {
        private final List<List<String>> offered = new CopyOnWriteArrayList<>();
        private final List<String> installed = new ArrayList<>();
        private final Map<String, String> unmet = new TreeMap<>();
        private final List<String> asked = new CopyOnWriteArrayList<>();
        private volatile UpgradeException refusal;

        @Override
        public List<Installed> installed() {
            return installed.stream()
                    .map(name -> new Installed(name, "1.0.0", "", "product"))
                    .toList();
        }

        @Override
        public List<String> known() {
            return List.of("other", "solera-hardware", "solera-media", "solera-render-gpu", "solera-storage");
        }

        @Override
        public boolean replaceGenerated(String name, List<String> capabilities, String reason) throws SoleraException {
            if (refusal != null) {
                throw refusal;
            }
            assertEquals("solera-hardware", name);
            offered.add(capabilities);
            return true;
        }

        @Override
        public Optional<String> unmet(String feature) {
            asked.add(feature);
            return Optional.ofNullable(unmet.get(feature));
        }

        @Override
        public void install(String feature, String reason) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void uninstall(String feature) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void addRepository(String address) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<String> repositories() {
            return List.of();
        }

        @Override
        public void removeRepository(String address) {
            throw new UnsupportedOperationException();
        }
    }

    /** Plain executors that can be asked whether all were shut down. */
    private static final class Threads implements NamedExecutors {
        private final List<ExecutorService> open = new CopyOnWriteArrayList<>();

        @Override
        public ExecutorService open(String domain, String purpose, int threads, int queue) {
            ExecutorService executor = Executors.newFixedThreadPool(threads);
            open.add(executor);
            return executor;
        }

        @Override
        public ScheduledExecutorService openScheduler(String domain, String purpose) {
            ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor();
            open.add(executor);
            return executor;
        }

        boolean ended() {
            return open.stream().allMatch(ExecutorService::isShutdown);
        }
    }
}
