// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.backup.internal;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.solera.platform.api.PlatformError;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.backup.BackupPart;
import org.solera.platform.api.backup.Backups;
import org.solera.platform.api.operations.Operation;
import org.solera.platform.api.operations.OperationHandle;
import org.solera.platform.api.operations.Operations;

/** Makes, takes in, checks and restores archives; one at a time, the others wait. Thread-safe. */
final class BackupDesk implements Backups {
    /** What it works with. */
    record Tools(
            Clock clock,
            Operations operations,
            Parts parts,
            ArchiveMaker maker,
            DiskSpace space,
            RestoreStage stage,
            RestoreWork work,
            Ledger ledger) {}

    /** Where what was done is written down. */
    interface Ledger {
        void note(String who, String action, String target, Map<String, String> details) throws SoleraException;
    }

    /** Where archives are, and the passphrase of the settings. */
    interface Plan {
        ArchiveFolder folder() throws SoleraException;

        char[] passphrase() throws SoleraException;

        int keepCount();
    }

    static final long LARGEST_BYTES = 4L << 30;
    private static final Logger log = LoggerFactory.getLogger(BackupDesk.class);
    private static final int LARGEST_HEADER = 1 << 17;
    private static final String LIST = "/api/v1/system/backups";

    private final Tools tools;
    private final Plan plan;
    private final ExecutorService worker;
    private final Path state;

    /**
     * @param worker a single thread
     * @param state folder whose size bounds that of a first archive
     */
    BackupDesk(Tools tools, Plan plan, ExecutorService worker, Path state) {
        this.tools = tools;
        this.plan = plan;
        this.worker = worker;
        this.state = state;
    }

    /** Work that reports to an operation. */
    private interface Work {
        void run(OperationHandle handle) throws SoleraException, IOException, InterruptedException;
    }

    private Operation submit(Operations.Start start, boolean cancellable, Work work, Runnable always)
            throws SoleraException {
        boolean submitted = false;
        OperationHandle handle = tools.operations().start(start, cancellable ? () -> {} : null);
        try {
            handle.waiting("Waits for the backup or restore before it.");
            worker.execute(() -> {
                try {
                    run(handle, work);
                } finally {
                    always.run();
                }
            });
            submitted = true;
        } catch (RejectedExecutionException full) {
            SoleraException busy = new SoleraException(
                    PlatformError.BUSY, "Too many backups wait already.", "Try again when they have ended.", full);
            handle.failed(busy);
            throw busy;
        } finally {
            if (!submitted) {
                always.run();
            }
        }
        return tools.operations()
                .operation(handle.id())
                .orElseThrow(() -> new IllegalStateException("An operation that began is not known."));
    }

    private static void run(OperationHandle handle, Work work) {
        try (handle) {
            report(handle, work); // in a method of its own: a handle that is closed takes no outcome any more
        }
    }

    private static void report(OperationHandle handle, Work work) {
        try {
            if (handle.cancelRequested()) {
                handle.cancelled();
                return;
            }
            work.run(handle);
        } catch (SoleraException refused) {
            if (handle.cancelRequested()) {
                handle.cancelled();
            } else {
                log.warn("A backup or restore failed: {}", refused.explain());
                handle.failed(refused);
            }
        } catch (IOException broken) {
            log.warn("A backup or restore failed.", broken);
            handle.failed(Refusals.ofDisk("A file could not be read or written", broken));
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            log.info("The appliance stops during a backup or restore.");
        } catch (RuntimeException defect) {
            log.error("A backup or restore met a defect.", defect);
            handle.failed(Refusals.ofDisk("A part of the appliance failed", defect));
        }
    }

    @Override
    public List<Archive> archives() {
        try {
            return plan.folder().list();
        } catch (SoleraException absent) {
            log.debug("There are no archives to list.", absent);
            return List.of();
        }
    }

    @Override
    public Operation create(char[] passphrase, String who) throws SoleraException {
        return create(passphrase, who, ArchiveFolder.Kind.HAND, () -> {}, failure -> {});
    }

    /** Told of the end of an automatic backup. */
    interface Failed {
        void with(SoleraException failure);
    }

    Operation create(char[] passphrase, String who, ArchiveFolder.Kind kind, Runnable made, Failed failed)
            throws SoleraException {
        char[] secret = passphrase.length == 0 ? plan.passphrase() : passphrase.clone();
        ArchiveKeys.checkLength(secret);
        ArchiveFolder folder = plan.folder();
        List<BackupPart> parts = tools.parts().all();
        if (parts.isEmpty()) {
            throw new SoleraException(
                    PlatformError.DRAINING, "No part of the appliance can be backed up now.", "Try again.", null);
        }
        folder.require(estimate(folder));
        Operations.Start start = new Operations.Start(
                "system.backup", "Back up the control plane", folder.path().toString(), who, "parts");
        return submit(
                start,
                true,
                handle -> {
                    try {
                        Archive archive = make(folder, kind, secret, sources(parts), handle);
                        if (kind == ArchiveFolder.Kind.AUTO) {
                            folder.prune(plan.keepCount());
                            tools.ledger()
                                    .note(who, "system.backup", archive.name(), Map.of("bytes", "" + archive.bytes()));
                        }
                        made.run();
                        handle.progress(parts.size(), parts.size(), "");
                        handle.succeeded(
                                "%s has %d KiB and %d parts."
                                        .formatted(archive.name(), archive.bytes() >> 10, parts.size()),
                                LIST);
                    } catch (SoleraException refused) {
                        failed.with(refused);
                        throw refused;
                    } catch (IOException broken) {
                        SoleraException refused = Refusals.ofDisk("The backup could not be written", broken);
                        failed.with(refused);
                        throw refused;
                    }
                },
                () -> Arrays.fill(secret, ' '));
    }

    private static List<ArchiveMaker.Source> sources(List<BackupPart> parts) {
        return parts.stream()
                .map(part -> new ArchiveMaker.Source(part.id(), part.order(), part::write))
                .toList();
    }

    private Archive make(
            ArchiveFolder folder,
            ArchiveFolder.Kind kind,
            char[] secret,
            List<ArchiveMaker.Source> sources,
            OperationHandle handle)
            throws SoleraException, IOException {
        return folder.make(
                kind,
                tools.clock().instant(),
                handle::cancelRequested,
                out -> tools.maker()
                        .write(
                                out,
                                secret,
                                sources,
                                (done, part) -> handle.progress(done, sources.size(), "Writes %s.".formatted(part))));
    }

    /** {@return how much room an archive takes, from the last one, or from what is to be put into it} */
    private long estimate(ArchiveFolder folder) {
        Optional<Archive> last = folder.list().stream().findFirst();
        if (last.isPresent()) {
            return last.get().bytes() * 5 / 4;
        }
        try (Stream<Path> files = Files.walk(state, 8)) {
            return files.filter(file -> !file.startsWith(state.resolve("backup")) && Files.isRegularFile(file))
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        } catch (IOException | UncheckedIOException unknown) {
            log.debug("The size of the state is not known.", unknown);
            return 0;
        }
    }

    @Override
    public InputStream open(String name) throws SoleraException, IOException {
        return Files.newInputStream(plan.folder().find(name));
    }

    @Override
    public Archive upload(InputStream in) throws SoleraException, IOException {
        BufferedInputStream buffered = new BufferedInputStream(in, LARGEST_HEADER);
        buffered.mark(LARGEST_HEADER);
        Instant made = ArchiveHeader.read(buffered).header().createdAt();
        buffered.reset();
        ArchiveFolder folder = plan.folder();
        folder.require(0);
        log.info("An archive of {} comes in.", made);
        return folder.make(ArchiveFolder.Kind.UPLOAD, tools.clock().instant(), () -> false, out -> copy(buffered, out));
    }

    private static void copy(InputStream in, OutputStream out) throws SoleraException, IOException {
        byte[] buffer = new byte[1 << 16];
        long total = 0;
        for (int some = in.read(buffer); some >= 0; some = in.read(buffer)) {
            total += some;
            if (total > LARGEST_BYTES) {
                throw new SoleraException(
                        PlatformError.INVALID_REQUEST,
                        "The archive is larger than %d GiB.".formatted(LARGEST_BYTES >> 30),
                        "Copy it into the folder of backups.",
                        null);
            }
            out.write(buffer, 0, some);
        }
    }

    @Override
    public void delete(String name) throws SoleraException {
        plan.folder().delete(name);
    }

    @Override
    public List<String> check(String name, char[] passphrase) throws SoleraException {
        ArchiveKeys.checkLength(passphrase);
        try {
            return tools.stage().check(plan.folder().find(name), passphrase, tools.maker());
        } catch (IOException unreadable) {
            throw Refusals.ofDisk("The archive cannot be read", unreadable);
        }
    }

    @Override
    public Operation restore(String name, char[] passphrase, String who) throws SoleraException {
        ArchiveKeys.checkLength(passphrase);
        ArchiveFolder folder = plan.folder();
        Path archive = folder.find(name);
        refuseWhileRestoring();
        char[] secret = passphrase.clone();
        Operations.Start start =
                new Operations.Start("system.restore", "Restore the control plane", name, who, "parts");
        return submit(
                start,
                false,
                handle -> {
                    refuseWhileRestoring();
                    prepare(folder, archive, secret, who, handle);
                    finish(handle);
                },
                () -> Arrays.fill(secret, ' '));
    }

    private void refuseWhileRestoring() throws SoleraException {
        if (tools.stage().journal().isPresent()) {
            throw new SoleraException(
                    PlatformError.CONFLICT,
                    "A restore is under way.",
                    "Wait for its end; look at the list of operations.",
                    null);
        }
    }

    private void prepare(ArchiveFolder folder, Path archive, char[] secret, String who, OperationHandle handle)
            throws SoleraException, IOException {
        RestoreStage stage = tools.stage();
        String name = String.valueOf(archive.getFileName());
        boolean staged = false;
        try {
            handle.progress(0, 0, "Checks the archive.");
            stage.check(archive, secret, tools.maker());
            handle.progress(0, 0, "Opens the archive.");
            List<String> parts = stage.stage(archive, secret);
            handle.progress(0, 0, "Backs up the present state, to be able to go back.");
            Archive before = make(folder, ArchiveFolder.Kind.BEFORE, secret, stage.keepFormer(), handle);
            tools.ledger().note(who, "system.restore", name, Map.of("before", before.name(), "step", "begin"));
            new RestoreJournal(false, name, who, before.name(), "", parts, List.of()).write(stage.folder());
            staged = true; // the commit point is behind
        } finally {
            if (!staged) {
                stage.clear();
            }
        }
    }

    /** Carries the journal to its end and says how it ended. */
    private void finish(OperationHandle handle) throws SoleraException, IOException, InterruptedException {
        RestoreJournal end = tools.work().run(handle);
        String outcome = end.returning() ? "returned" : "done";
        try {
            tools.ledger().note(end.who(), "system.restore", end.archive(), Map.of("step", outcome));
        } catch (SoleraException unnoted) {
            log.error("The end of a restore could not be audited.", unnoted);
        }
        if (end.returning()) {
            handle.failed(new SoleraException(
                    PlatformError.CONFLICT,
                    end.failure() + " The box is as it was before.",
                    "Correct the cause, then restore again.",
                    null));
        } else {
            handle.succeeded("%s is restored. The state before is in %s.".formatted(end.archive(), end.before()), LIST);
        }
    }

    /** Goes on with a restore that a power cut or a failure left; does nothing if there is none. */
    void resume() {
        try {
            Optional<RestoreJournal> left = tools.stage().journal();
            if (left.isEmpty()) {
                tools.stage().clear();
                return;
            }
            Operations.Start start = new Operations.Start(
                    "system.restore",
                    "Restore the control plane, continued",
                    left.get().archive(),
                    left.get().who(),
                    "parts");
            submit(start, false, this::finish, () -> {});
        } catch (SoleraException | IOException failure) {
            log.error("A restore that was cut cannot go on now.", failure);
        }
    }
}
