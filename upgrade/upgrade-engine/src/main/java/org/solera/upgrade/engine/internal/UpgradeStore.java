// SPDX-License-Identifier: Apache-2.0
package org.solera.upgrade.engine.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Locale;
import java.util.Objects;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.solera.platform.api.Appliance;
import org.solera.upgrade.api.SwapPhase;
import org.solera.upgrade.api.UpgradeException;

/**
 * Everything durable of the upgrade system, in one folder: the record ({@code features.cfg}), the journal of swaps
 * ({@code journal}) and the packages ({@code repository}). When it opens it closes swaps that a power cut left open: the
 * record alone decides which version won, and the launcher has booted the appliance from it.
 */
@Component(service = UpgradeStore.class)
public final class UpgradeStore {
    private static final Logger log = LoggerFactory.getLogger(UpgradeStore.class);
    private static final String HALT_AFTER = "solera.upgrade.haltAfter";

    private final RecordFile record;
    private final SwapJournal journal;
    private final PackageRepository repository;
    private final CacheMarker marker;
    private final ChangeLock lock = new ChangeLock();
    private final Checkpoint checkpoint;
    private final Clock clock;

    @Activate
    public UpgradeStore(@Reference Appliance appliance, @Reference Clock clock, BundleContext context) {
        this(
                appliance.stateDirectory("upgrade"),
                cache(context),
                Path.of(property(context, "karaf.etc"), "org.apache.karaf.features.cfg"),
                clock,
                halting(context.getProperty(HALT_AFTER)));
    }

    /**
     * @param folder the durable folder
     * @param cache folder of the bundle cache
     * @param shipped what to start from where there is no record yet
     * @param checkpoint is told about each point of a swap
     */
    UpgradeStore(Path folder, Path cache, Path shipped, Clock clock, Checkpoint checkpoint) {
        this.clock = clock;
        this.checkpoint = checkpoint;
        try {
            Path file = folder.resolve("features.cfg");
            if (!Files.exists(file)) {
                DurableFile.publish(file, Files.readAllBytes(shipped));
            }
            this.record = new RecordFile(file);
            this.marker = new CacheMarker(cache);
            this.repository = PackageRepository.open(folder.resolve("repository"));
            this.journal = SwapJournal.open(folder.resolve("journal"), clock);
            closeOpenSwaps();
        } catch (IOException unusable) {
            throw new UncheckedIOException("The folder of the upgrade system cannot be used.", unusable);
        } catch (UpgradeException unusable) {
            throw new IllegalStateException(unusable.explain(), unusable);
        }
    }

    private static Path cache(BundleContext context) {
        return Path.of(property(context, "org.osgi.framework.storage"));
    }

    private static String property(BundleContext context, String name) {
        return Objects.requireNonNull(
                context.getProperty(name), () -> "The framework property " + name + " is missing.");
    }

    /** A test aid: ends the process, as a power cut does, when a swap passes the point that the property names. */
    private static Checkpoint halting(@org.jspecify.annotations.Nullable String name) {
        if (name == null || name.isBlank()) {
            return point -> {};
        }
        Checkpoint.Point chosen = Checkpoint.Point.valueOf(name.trim().toUpperCase(Locale.ROOT));
        log.warn("The appliance halts when a swap passes {}, because {} says so.", chosen, HALT_AFTER);
        return point -> {
            if (point == chosen) {
                Runtime.getRuntime().halt(137);
            }
        };
    }

    private void closeOpenSwaps() throws UpgradeException {
        for (JournalLine open : journal.unfinished()) {
            boolean committed = record.read().features().contains(open.target());
            if (committed) {
                if (open.phase() != SwapPhase.COMMITTED) {
                    catchUp(open);
                }
                journal.move(open.id(), SwapPhase.DONE, "Finished by the restart: the record names the new version.");
            } else if (open.phase() == SwapPhase.COMMITTED) {
                journal.move(
                        open.id(),
                        SwapPhase.DONE,
                        "The record no longer names %s; it was changed later.".formatted(open.target()),
                        "Closed by the restart.");
            } else {
                journal.move(
                        open.id(),
                        SwapPhase.ROLLED_BACK,
                        "The appliance stopped before the commit, so the old version serves as before. Swap again.",
                        "Taken back by the restart: the record names the old version.");
            }
            log.info(
                    "Swap {} of {} was open when the appliance stopped; it is {} now.",
                    open.id(),
                    open.bundle(),
                    committed ? "done" : "closed");
        }
    }

    private void catchUp(JournalLine open) throws UpgradeException {
        for (SwapPhase each = open.phase(); each != SwapPhase.COMMITTED; ) {
            SwapPhase next = each == SwapPhase.INTENT
                    ? SwapPhase.INSTALLED
                    : each == SwapPhase.INSTALLED ? SwapPhase.HEALTHY : SwapPhase.COMMITTED;
            journal.move(open.id(), next, "");
            each = next;
        }
    }

    RecordFile record() {
        return record;
    }

    SwapJournal journal() {
        return journal;
    }

    PackageRepository repository() {
        return repository;
    }

    CacheMarker marker() {
        return marker;
    }

    ChangeLock lock() {
        return lock;
    }

    Checkpoint checkpoint() {
        return checkpoint;
    }

    Clock clock() {
        return clock;
    }

    /** Deletes packages that neither the record nor one of these addresses needs. */
    void prune(Iterable<String> alsoNeeded) throws UpgradeException {
        StringBuilder needed = new StringBuilder(String.join("\n", record.read().repositories()));
        alsoNeeded.forEach(address -> needed.append('\n').append(address));
        repository.prune(needed.toString().lines().toList());
    }
}
