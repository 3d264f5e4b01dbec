// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.backup.internal;

import static org.osgi.service.component.annotations.ReferenceCardinality.MULTIPLE;
import static org.osgi.service.component.annotations.ReferenceCardinality.OPTIONAL;
import static org.osgi.service.component.annotations.ReferencePolicy.DYNAMIC;
import static org.osgi.service.component.annotations.ReferencePolicyOption.GREEDY;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.solera.platform.api.Appliance;
import org.solera.platform.api.HealthReport;
import org.solera.platform.api.NamedExecutors;
import org.solera.platform.api.PlatformError;
import org.solera.platform.api.ServiceGate;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.audit.Audit;
import org.solera.platform.api.audit.AuditEvent;
import org.solera.platform.api.backup.BackupPart;
import org.solera.platform.api.backup.Backups;
import org.solera.platform.api.files.DurableFile;
import org.solera.platform.api.operations.Operation;
import org.solera.platform.api.operations.Operations;
import org.solera.platform.api.secrets.Sealer;
import org.solera.platform.api.settings.Settings;
import org.solera.platform.api.spi.HealthCheck;
import org.solera.platform.api.spi.MetricSource;

/** The backups of this box: by hand, by schedule, and back. Thread-safe. */
@Component(
        service = {Backups.class, MetricSource.class, HealthCheck.class},
        immediate = true)
public final class ArchiveBackups implements Backups, MetricSource, HealthCheck, BackupDesk.Plan, BackupDesk.Ledger {
    private static final Logger log = LoggerFactory.getLogger(ArchiveBackups.class);
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final int WAITING = 8;

    private final Path data;
    private final DiskSpace space = DiskSpace.real();
    private final Parts parts = new Parts();
    private final ServiceGate<Audit> audits = new ServiceGate<>("The audit");
    private final ServiceGate<Sealer> sealers = new ServiceGate<>("The keeper of secrets");
    private final ServiceGate<Settings> settings = new ServiceGate<>("The keeper of settings");
    private final ExecutorService worker;
    private final ScheduledExecutorService scheduler;
    private final BackupDesk desk;
    private final BackupSchedule schedule;
    private final RestoreStage stage;
    private volatile BackupPlan plan = BackupPlan.NONE;
    private final AtomicBoolean ticking = new AtomicBoolean(); // a look at the plan waits for the worker
    private volatile boolean closing;

    @Activate
    public ArchiveBackups(
            BundleContext context,
            @Reference Appliance appliance,
            @Reference Clock clock,
            @Reference NamedExecutors executors,
            @Reference Operations operations) {
        this.data = appliance.dataDirectory();
        Path state = appliance.stateDirectory("backup");
        this.worker = executors.open("backup", "work", 1, WAITING);
        this.scheduler = executors.openScheduler("backup", "plan");
        this.stage = new RestoreStage(state.resolve("restore"), parts, space);
        this.desk = new BackupDesk(
                new BackupDesk.Tools(
                        clock,
                        operations,
                        parts,
                        new ArchiveMaker(clock, appliance.version(), box(state), ArchiveKeys.Cost.USUAL),
                        space,
                        stage,
                        new RestoreWork(stage, parts, PATIENCE, Checkpoint.NONE, () -> stops(context)),
                        this),
                this,
                worker,
                data.resolve("state"));
        this.schedule = new BackupSchedule(clock, desk, this::zone, () -> plan);
        later(() -> {
            sweep();
            schedule.look();
            desk.resume();
        });
        var unused = scheduler.scheduleWithFixedDelay(this::tickLater, 1, 1, TimeUnit.MINUTES);
    }

    private boolean stops(BundleContext context) {
        Bundle system = context.getBundle(0);
        return closing || system == null || system.getState() == Bundle.STOPPING;
    }

    @Deactivate
    void close() {
        closing = true;
        scheduler.shutdownNow();
        worker.shutdownNow();
    }

    private void later(Runnable task) {
        try {
            worker.execute(task);
        } catch (RejectedExecutionException busy) {
            ticking.set(false);
            log.debug("The plan is looked at later: backups are under way.", busy);
        }
    }

    private void tickLater() {
        if (ticking.compareAndSet(false, true)) {
            later(this::tick);
        }
    }

    private void tick() {
        ticking.set(false);
        if (pending()) {
            desk.resume();
        }
        schedule.tick();
    }

    private void sweep() {
        try {
            folder().sweep();
        } catch (SoleraException absent) {
            log.debug("There is no folder to sweep.", absent);
        }
    }

    /** {@return the id of this box, made at its first start} */
    private static String box(Path state) {
        Path file = state.resolve("box");
        try {
            if (!Files.exists(file)) {
                DurableFile.replace(file, UUID.randomUUID().toString().getBytes(StandardCharsets.US_ASCII));
            }
            return Files.readString(file).strip();
        } catch (IOException failure) {
            throw new UncheckedIOException("The id of this box cannot be read or stored.", failure);
        }
    }

    @Reference(cardinality = OPTIONAL, policy = DYNAMIC, policyOption = GREEDY)
    void bindPlan(BackupPlan next) {
        plan = next;
    }

    void unbindPlan(BackupPlan old) {
        log.debug("The settings of backups change; the old ones hold until then: {}.", old == plan);
    }

    @Reference(cardinality = MULTIPLE, policy = DYNAMIC)
    void bindPart(BackupPart part, Map<String, ?> properties) {
        parts.add(part, properties);
    }

    void unbindPart(BackupPart part) {
        parts.remove(part);
    }

    @Reference(cardinality = MULTIPLE, policy = DYNAMIC)
    void bindAudit(Audit audit, Map<String, ?> properties) {
        audits.bind(audit, properties);
    }

    void unbindAudit(Audit audit) {
        left(audits.unbind(audit), "An audit");
    }

    @Reference(cardinality = MULTIPLE, policy = DYNAMIC)
    void bindSealer(Sealer sealer, Map<String, ?> properties) {
        sealers.bind(sealer, properties);
    }

    void unbindSealer(Sealer sealer) {
        left(sealers.unbind(sealer), "A keeper of secrets");
    }

    @Reference(cardinality = MULTIPLE, policy = DYNAMIC)
    void bindSettings(Settings service, Map<String, ?> properties) {
        settings.bind(service, properties);
    }

    void unbindSettings(Settings service) {
        left(settings.unbind(service), "A keeper of settings");
    }

    private static void left(boolean clean, String what) {
        if (!clean) {
            log.warn("{} left while it was used.", what);
        }
    }

    private ZoneId zone() {
        try {
            return settings.peek()
                    .flatMap(service -> service.section("time"))
                    .map(state -> ZoneId.of(Objects.toString(state.values().get("zone"), "UTC")))
                    .orElse(ZoneOffset.UTC);
        } catch (DateTimeException unknown) {
            log.debug("The zone in the settings is not known.", unknown);
            return ZoneOffset.UTC;
        }
    }

    @Override
    public ArchiveFolder folder() throws SoleraException {
        String set = plan.folder();
        if (!set.isEmpty()) {
            return new ArchiveFolder(Path.of(set), space); // never created: it may be a disk that is not mounted
        }
        try {
            return new ArchiveFolder(DurableFile.folder(data.resolve("backups")), space);
        } catch (IOException failure) {
            throw Refusals.ofDisk("The folder of backups cannot be made", failure);
        }
    }

    @Override
    public char[] passphrase() throws SoleraException {
        String stored = plan.passphrase();
        if (stored.isEmpty()) {
            throw new SoleraException(
                    PlatformError.INVALID_REQUEST,
                    "No passphrase was given, and none is in the settings of backups.",
                    "Give one, or set one.",
                    null);
        }
        if (!stored.startsWith(Sealer.PREFIX)) {
            return stored.toCharArray();
        }
        try (ServiceGate.Use<Sealer> use = sealers.enter()) {
            byte[] clear = use.service().unseal(BackupPlan.PID + ".passphrase", stored);
            CharBuffer text = StandardCharsets.UTF_8.decode(ByteBuffer.wrap(clear));
            char[] passphrase = new char[text.remaining()];
            text.get(passphrase);
            Arrays.fill(clear, (byte) 0);
            return passphrase;
        } catch (InterruptedException interrupted) {
            throw interrupted(interrupted);
        }
    }

    private static SoleraException interrupted(InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        return new SoleraException(PlatformError.DRAINING, "It was interrupted.", "Try again.", interrupted);
    }

    @Override
    public int keepCount() {
        return plan.keepCount();
    }

    @Override
    public void note(String who, String action, String target, Map<String, String> details) throws SoleraException {
        try (ServiceGate.Use<Audit> use = audits.enter()) {
            use.service().note(new AuditEvent(who, action, target, "local", "system", details));
        } catch (InterruptedException interrupted) {
            throw interrupted(interrupted);
        }
    }

    @Override
    public List<Archive> archives() {
        return desk.archives();
    }

    @Override
    public Operation create(char[] passphrase, String who) throws SoleraException {
        return desk.create(passphrase, who);
    }

    @Override
    public InputStream open(String name) throws SoleraException, IOException {
        return desk.open(name);
    }

    @Override
    public Archive upload(InputStream in) throws SoleraException, IOException {
        return desk.upload(in);
    }

    @Override
    public void delete(String name) throws SoleraException {
        desk.delete(name);
    }

    @Override
    public List<String> check(String name, char[] passphrase) throws SoleraException {
        return desk.check(name, passphrase);
    }

    @Override
    public Operation restore(String name, char[] passphrase, String who) throws SoleraException {
        return desk.restore(name, passphrase, who);
    }

    @Override
    public String name() {
        return "platform.backup";
    }

    private boolean pending() {
        try {
            return stage.journal().isPresent();
        } catch (SoleraException unreadable) {
            log.debug("Whether a restore is under way is not known.", unreadable);
            return true;
        }
    }

    @Override
    public HealthReport check() {
        if (pending()) {
            return HealthReport.degraded(
                    "A restore is under way.", "Wait for its end; look at the list of operations.");
        }
        return schedule.health();
    }

    @Override
    public void collect(Sink sink) {
        schedule.collect(sink);
    }
}
