// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.backup.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import org.solera.platform.api.PlatformError;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.backup.BackupPart;
import org.solera.platform.api.operations.Operation;
import org.solera.platform.api.operations.OperationHandle;
import org.solera.platform.api.operations.Operations;

/** A box with parts that are small files; its work runs on the thread of the caller, so that a cut reaches the test. */
final class Box {
    static final char[] PASSPHRASE = "correct horse battery".toCharArray();
    static final ArchiveKeys.Cost CHEAP = new ArchiveKeys.Cost(8, 1, 1);

    /** The power goes. */
    static final class Cut extends Error {
        private static final long serialVersionUID = 1;
    }

    final Path folder;
    final List<String> ledger = new ArrayList<>();
    final Map<String, FilePart> files = new java.util.TreeMap<>();
    final Parts parts = new Parts();
    final FakeOperations operations = new FakeOperations();
    Instant now = Instant.parse("2027-01-02T03:04:05Z");
    DiskSpace space = path -> 1L << 40;
    String version = "1.0.0";
    String cutAt = "";
    Duration patience = Duration.ZERO;
    BackupDesk desk;

    Box(Path folder, String... ids) throws IOException {
        this.folder = folder;
        Files.createDirectories(folder.resolve("parts"));
        Files.createDirectories(folder.resolve("backups"));
        Files.createDirectories(folder.resolve("state"));
        int order = 5;
        for (String id : ids) {
            FilePart part = new FilePart(id, order, folder.resolve("parts").resolve(id));
            order += 5;
            files.put(id, part);
            parts.add(part, Map.of());
        }
        start();
    }

    /** The appliance starts anew on the same folders. */
    void start() {
        RestoreStage stage = new RestoreStage(folder.resolve("state/backup/restore"), parts, this::free);
        Checkpoint checkpoint = step -> {
            if (step.equals(cutAt)) {
                throw new Cut();
            }
        };
        Clock clock = new Clock() {
            @Override
            public java.time.ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(java.time.ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return now;
            }
        };
        BackupDesk.Tools tools = new BackupDesk.Tools(
                clock,
                operations,
                parts,
                new ArchiveMaker(clock, version, "box", CHEAP),
                this::free,
                stage,
                new RestoreWork(stage, parts, patience, checkpoint, () -> false),
                (who, action, target, details) -> ledger.add(who + " " + action + " " + details.get("step")));
        desk = new BackupDesk(tools, new FolderPlan(), sameThread(), folder.resolve("state"));
    }

    private long free(Path path) throws IOException {
        return space.freeBytes(path);
    }

    private final class FolderPlan implements BackupDesk.Plan {
        @Override
        public ArchiveFolder folder() {
            return new ArchiveFolder(folder.resolve("backups"), Box.this::free);
        }

        @Override
        public char[] passphrase() {
            return PASSPHRASE.clone();
        }

        @Override
        public int keepCount() {
            return 3;
        }
    }

    void set(String id, String content) throws IOException {
        Files.writeString(folder.resolve("parts").resolve(id), content);
    }

    String get(String id) throws IOException {
        return Files.readString(folder.resolve("parts").resolve(id));
    }

    /** {@return the content of every part} */
    Map<String, String> state() throws IOException {
        Map<String, String> state = new java.util.TreeMap<>();
        for (String id : files.keySet()) {
            state.put(id, get(id));
        }
        return state;
    }

    Operation last() {
        return operations.all.get(operations.all.size() - 1).view();
    }

    boolean nothingStaged() throws IOException {
        Path stage = folder.resolve("state/backup/restore");
        if (!Files.isDirectory(stage)) {
            return true;
        }
        try (var inside = Files.list(stage)) {
            return inside.findAny().isEmpty();
        }
    }

    /** A part that is one file. */
    static final class FilePart implements BackupPart {
        private final String id;
        private final int order;
        private final Path file;
        String refused = "";
        int busyTimes;
        boolean cutWhileWriting;
        boolean cutHalfWay;

        FilePart(String id, int order, Path file) {
            this.id = id;
            this.order = order;
            this.file = file;
        }

        @Override
        public String id() {
            return id;
        }

        @Override
        public int order() {
            return order;
        }

        @Override
        public void write(OutputStream out) throws IOException {
            if (cutWhileWriting) {
                throw new Cut();
            }
            Files.copy(file, out);
        }

        @Override
        public void check(InputStream in) throws SoleraException, IOException {
            if (new String(in.readAllBytes(), StandardCharsets.UTF_8).startsWith("unfit")) {
                throw new SoleraException(PlatformError.INVALID_REQUEST, id + " is unfit.", "", null);
            }
        }

        @Override
        public void restore(InputStream in) throws SoleraException, IOException {
            byte[] content = in.readAllBytes();
            if (busyTimes-- > 0) {
                throw new SoleraException(PlatformError.BUSY, id + " is away.", "", null);
            }
            if (!refused.isEmpty() && new String(content, StandardCharsets.UTF_8).equals(refused)) {
                Files.writeString(file, "broken");
                throw new SoleraException(PlatformError.INTERNAL, id + " refuses.", "", null);
            }
            if (cutHalfWay) {
                Files.writeString(file, "half");
                throw new Cut();
            }
            Files.write(file, content);
        }
    }

    /** Operations without anything around them. */
    static final class FakeOperations implements Operations {
        final List<Handle> all = new ArrayList<>();
        boolean cancelAll;

        @Override
        public OperationHandle start(Start start, Runnable cancel) {
            Handle handle = new Handle(start, Integer.toString(all.size()), cancelAll && cancel != null);
            all.add(handle);
            return handle;
        }

        @Override
        public List<Operation> operations() {
            return all.stream().map(Handle::view).toList();
        }

        @Override
        public Optional<Operation> operation(String id) {
            return Optional.of(all.get(Integer.parseInt(id)).view());
        }

        @Override
        public Operation cancel(String id) {
            throw new UnsupportedOperationException();
        }
    }

    static final class Handle implements OperationHandle {
        private final Operations.Start start;
        private final String id;
        private final boolean cancelRequested;
        private Operation.State state = Operation.State.WAITING;
        private String message = "";

        Handle(Operations.Start start, String id, boolean cancelRequested) {
            this.start = start;
            this.id = id;
            this.cancelRequested = cancelRequested;
        }

        Operation view() {
            return new Operation(
                    id,
                    start.kind(),
                    start.title(),
                    start.target(),
                    start.who(),
                    state,
                    "",
                    0,
                    0,
                    "",
                    false,
                    message,
                    "",
                    "",
                    Instant.EPOCH,
                    Instant.EPOCH,
                    null);
        }

        private void to(Operation.State next, String text) {
            if (!state.ended()) {
                state = next;
                message = text;
            }
        }

        @Override
        public String id() {
            return id;
        }

        @Override
        public void progress(long done, long total, String text) {
            to(Operation.State.RUNNING, text);
        }

        @Override
        public void waiting(String cause) {
            to(Operation.State.WAITING, cause);
        }

        @Override
        public boolean cancelRequested() {
            return cancelRequested;
        }

        @Override
        public void succeeded(String text, String result) {
            to(Operation.State.SUCCEEDED, text);
        }

        @Override
        public void failed(SoleraException failure) {
            to(Operation.State.FAILED, failure.explain());
        }

        @Override
        public void cancelled() {
            to(Operation.State.CANCELLED, "");
        }

        @Override
        public void close() {
            to(Operation.State.FAILED, "no outcome");
        }
    }

    private static ExecutorService sameThread() {
        return new AbstractExecutorService() {
            @Override
            public void execute(Runnable task) {
                task.run();
            }

            @Override
            public void shutdown() {}

            @Override
            public List<Runnable> shutdownNow() {
                return List.of();
            }

            @Override
            public boolean isShutdown() {
                return false;
            }

            @Override
            public boolean isTerminated() {
                return false;
            }

            @Override
            public boolean awaitTermination(long time, TimeUnit unit) {
                return false;
            }
        };
    }
}
