// SPDX-License-Identifier: Apache-2.0
package org.solera.upgrade.engine.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.jspecify.annotations.Nullable;
import org.solera.platform.api.NamedExecutors;
import org.solera.upgrade.api.UpgradeException;

/** One box on a folder: what is durable is in the folder, the rest is made anew by {@link #reboot}. */
final class Bench implements AutoCloseable {
    static final String STORE_REPOSITORY = "mvn:org.solera/features/1.0.0/xml/solera-store";
    static final FeatureId STORE = new FeatureId("solera-store", "1.0.0");

    /** The power is cut. */
    static final class PowerCut extends Error {
        private static final long serialVersionUID = 1L;
    }

    /** Time that passes only when somebody waits. */
    private static final class FastPause implements Pause {
        private final AtomicLong nanos = new AtomicLong();

        @Override
        public long nanoTime() {
            return nanos.get();
        }

        @Override
        public void await(Duration time) {
            nanos.addAndGet(time.toNanos());
        }
    }

    private static final class PlainExecutors implements NamedExecutors {
        @Override
        public ExecutorService open(String domain, String purpose, int threads, int queue) {
            return new ThreadPoolExecutor(
                    threads, threads, 1, TimeUnit.SECONDS, new ArrayBlockingQueue<>(queue), task -> {
                        Thread thread = new Thread(task, "swap-under-test");
                        thread.setUncaughtExceptionHandler((one, cut) -> {});
                        return thread;
                    });
        }

        @Override
        public ScheduledExecutorService openScheduler(String domain, String purpose) {
            return Executors.newSingleThreadScheduledExecutor();
        }
    }

    final Path data;
    final Path cache;
    Checkpoint.@Nullable Point cutAt;
    FakeBox box;
    UpgradeStore store;
    JournaledSwapService swaps;
    JournaledFeatureLedger ledger;

    Bench(Path folder) throws IOException, UpgradeException {
        this.data = Files.createDirectories(folder.resolve("upgrade"));
        this.cache = Files.createDirectories(folder.resolve("cache"));
        Files.writeString(folder.resolve("shipped.cfg"), """
                featuresRepositories = mvn:org.apache.karaf.features/standard/4.4.10/xml/features, \\
                    %s
                featuresBoot = (wrap), scr/4.4.10, \\
                    solera-store/1.0.0
                autoRefresh = false
                """.formatted(STORE_REPOSITORY), UTF_8);
        reboot();
    }

    /** Starts anew from the folder, as a boot with an empty cache does. */
    void reboot() throws UpgradeException {
        if (swaps != null) {
            swaps.close();
        }
        box = new FakeBox(data.resolve("repository"));
        box.shipped.put("mvn:org.apache.karaf.features/standard/4.4.10/xml/features", """
                <feature name="wrap" version="2.7.0"></feature><feature name="scr" version="4.4.10"></feature>
                <feature name="solera-extra" version="1.0.0"><bundle>mvn:org.solera/extra/1.0.0</bundle></feature>
                """);
        box.shipped.put(STORE_REPOSITORY, """
                <feature name="solera-store" version="1.0.0">
                <bundle start-level="80">mvn:org.solera/org.solera.store/1.0.0</bundle></feature>
                """);
        store = new UpgradeStore(data, cache, data.resolveSibling("shipped.cfg"), Clock.systemUTC(), point -> {
            if (point == cutAt) {
                throw new PowerCut();
            }
        });
        InstalledRecord record = store.record().read();
        box.boot(new InstalledRecord(
                record.repositories(),
                List.of(record.features().stream()
                        .map(each -> each.name().equals("wrap") ? new FeatureId("wrap", "2.7.0") : each)
                        .toList()),
                record.reasons(),
                record.settings()));
        swaps = new JournaledSwapService(
                new SwapExecution.Tools(store, box, box, new FastPause()),
                new SwapExecution.Limits(
                        Duration.ofSeconds(30),
                        Duration.ofMillis(1_500),
                        Duration.ofSeconds(60),
                        Duration.ofSeconds(10)),
                new PlainExecutors());
        ledger = new JournaledFeatureLedger(store, box);
    }

    /** {@return a bundle file} */
    Path bundle(String version, String... headers) throws IOException {
        Path file = data.resolveSibling("store-" + version + ".jar");
        Manifest manifest = new Manifest();
        Attributes main = manifest.getMainAttributes();
        main.putValue("Manifest-Version", "1.0");
        main.putValue("Bundle-ManifestVersion", "2");
        main.putValue("Bundle-SymbolicName", "org.solera.store");
        main.putValue("Bundle-Version", version);
        for (int i = 0; i < headers.length; i += 2) {
            main.putValue(headers[i], headers[i + 1]);
        }
        try (OutputStream out = Files.newOutputStream(file);
                JarOutputStream jar = new JarOutputStream(out, manifest)) {
            jar.flush();
        }
        return file;
    }

    /** Makes every later replacement of the record fail, until the returned action runs. */
    Runnable breakRecord() {
        Path record = data.resolve("features.cfg");
        Path aside = data.resolve("aside");
        try {
            Files.move(record, aside);
            Files.createDirectories(record.resolve("in-the-way"));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
        return () -> {
            try {
                Files.delete(record.resolve("in-the-way"));
                Files.delete(record);
                Files.move(aside, record);
            } catch (IOException broken) {
                throw new UncheckedIOException(broken);
            }
        };
    }

    /** {@return whether a swap is under way; one that met a power cut never is} */
    boolean swapRuns() {
        return store.lock().taken();
    }

    boolean cacheTrusted() throws UpgradeException, IOException {
        Path marker = cache.resolve("solera-record.sha256");
        return Files.exists(marker)
                && Files.readString(marker, UTF_8).trim().equals(store.record().sha256());
    }

    @Override
    public void close() {
        swaps.close();
    }
}
