// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.backup.internal;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.backup.BackupPart;
import org.solera.platform.api.files.DurableFile;

/**
 * What a restore works with on the disk: the parts of the archive and those of the state before, opened and checked, in
 * a folder that only the appliance's user can read. Nothing of it counts before {@link RestoreJournal} is written.
 *
 * <pre>
 * state/backup/restore/journal     where it stands
 * state/backup/restore/new/ID      the parts of the archive
 * state/backup/restore/old/ID      the parts of this box before
 * </pre>
 *
 * Confined to one thread.
 */
final class RestoreStage {
    private static final Logger log = LoggerFactory.getLogger(RestoreStage.class);
    private static final Pattern ID = Pattern.compile("[a-z][a-z0-9-]{0,63}");

    private final Path folder;
    private final Parts parts;
    private final DiskSpace space;

    RestoreStage(Path folder, Parts parts, DiskSpace space) {
        this.folder = folder;
        this.parts = parts;
        this.space = space;
    }

    Path folder() {
        return folder;
    }

    Path incoming(String id) {
        return folder.resolve("new").resolve(id);
    }

    Path former(String id) {
        return folder.resolve("old").resolve(id);
    }

    /**
     * Reads the whole archive and lets every part check its own.
     *
     * @return what would be restored, one sentence a part
     */
    List<String> check(Path archive, char[] passphrase, ArchiveMaker here) throws SoleraException, IOException {
        List<String> sentences = new ArrayList<>();
        Set<String> inside = new HashSet<>();
        ArchiveHeader header;
        try (InputStream in = Files.newInputStream(archive)) {
            header = ArchiveReader.read(in, passphrase, (id, order, content) -> {
                BackupPart part = require(id);
                Counted counted = new Counted(content);
                part.check(counted);
                counted.transferTo(OutputStream.nullOutputStream());
                inside.add(id);
                sentences.add("%s: %d KiB replace what is here.".formatted(id, (counted.total + 1023) >> 10));
            });
        }
        if (Versions.compare(header.version(), here.version()) > 0) {
            throw Refusals.unsupported("The archive was made by version %s, newer than %s of this box."
                    .formatted(header.version(), here.version()));
        }
        for (BackupPart part : parts.all()) {
            if (!inside.contains(part.id())) {
                sentences.add("%s: not in the archive, stays as it is.".formatted(part.id()));
            }
        }
        return List.copyOf(sentences);
    }

    private BackupPart require(String id) throws SoleraException {
        if (!ID.matcher(id).matches()) {
            throw Refusals.damaged("holds a part with a name that is none", null);
        }
        return parts.find(id)
                .orElseThrow(() -> Refusals.unsupported(
                        "The archive holds the part %s, which this box does not have.".formatted(id)));
    }

    /** Opens the archive into files. {@return the ids of its parts, in the order of applying} */
    List<String> stage(Path archive, char[] passphrase) throws SoleraException, IOException {
        clear();
        DurableFile.folder(folder.resolve("new"));
        List<BackupPart> staged = new ArrayList<>();
        try (InputStream in = Files.newInputStream(archive)) {
            ArchiveReader.read(in, passphrase, (id, order, content) -> {
                staged.add(require(id));
                save(incoming(id), content::transferTo);
            });
        }
        DurableFile.forceFolder(folder.resolve("new"));
        return staged.stream()
                .sorted(Comparator.comparingInt(BackupPart::order).thenComparing(BackupPart::id))
                .map(BackupPart::id)
                .toList();
    }

    /** Writes the parts of this box into files. {@return what an archive of them is made from} */
    List<ArchiveMaker.Source> keepFormer() throws SoleraException, IOException {
        DurableFile.folder(folder.resolve("old"));
        List<ArchiveMaker.Source> sources = new ArrayList<>();
        for (BackupPart part : parts.all()) {
            Path file = former(part.id());
            save(file, part::write);
            sources.add(new ArchiveMaker.Source(part.id(), part.order(), out -> Files.copy(file, out)));
        }
        DurableFile.forceFolder(folder.resolve("old"));
        return List.copyOf(sources);
    }

    private void save(Path file, ArchiveWriter.Content content) throws SoleraException, IOException {
        try (FileChannel channel = FileChannel.open(
                        file,
                        Set.of(
                                StandardOpenOption.CREATE,
                                StandardOpenOption.TRUNCATE_EXISTING,
                                StandardOpenOption.WRITE),
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
                OutputStream out = new BufferedOutputStream(
                        new GuardedOutput(Channels.newOutputStream(channel), folder, space, () -> false), 1 << 16)) {
            content.write(out);
            out.flush();
            channel.force(true);
        } catch (GuardedOutput.StoppedException stopped) {
            throw stopped.refusal();
        }
    }

    /** Hands a staged part to its owner. */
    void apply(BackupPart part, boolean former) throws SoleraException, IOException {
        Path file = former ? former(part.id()) : incoming(part.id());
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            part.restore(in);
        }
    }

    Optional<RestoreJournal> journal() throws SoleraException {
        return RestoreJournal.read(folder);
    }

    /** The end: the journal goes first, so that nothing is applied again. */
    void clear() throws IOException {
        if (!Files.isDirectory(folder)) {
            DurableFile.folder(folder);
            return;
        }
        DurableFile.delete(folder.resolve(RestoreJournal.NAME));
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                if (!each.equals(folder)) {
                    Files.deleteIfExists(each);
                }
            }
        }
        DurableFile.forceFolder(folder);
        log.debug("{} is empty.", folder);
    }

    /** Counts what is read. */
    private static final class Counted extends FilterInputStream {
        private long total;

        Counted(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int one = in.read();
            total += one < 0 ? 0 : 1;
            return one;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int some = in.read(into, offset, length);
            total += Math.max(0, some);
            return some;
        }
    }
}
