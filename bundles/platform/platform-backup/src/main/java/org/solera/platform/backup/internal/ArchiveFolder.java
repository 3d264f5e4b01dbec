// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.backup.internal;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.solera.platform.api.PlatformError;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.backup.Backups.Archive;
import org.solera.platform.api.files.DurableFile;

/**
 * A folder of archives. An archive appears whole or not at all: it is written under another name, forced and renamed.
 * Thread-safe.
 */
final class ArchiveFolder {
    /** Why an archive was made; part of its name. */
    enum Kind {
        /** By schedule; these are the ones that make room for newer ones. */
        AUTO,
        HAND,
        /** Before a restore, to go back. */
        BEFORE,
        UPLOAD
    }

    /** Writes the bytes of an archive. */
    interface Writing {
        void write(OutputStream out) throws SoleraException, IOException;
    }

    private static final Logger log = LoggerFactory.getLogger(ArchiveFolder.class);
    private static final String END = ".sbk";
    private static final String PART = ".part";
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,120}\\.sbk");
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

    private final Path folder;
    private final DiskSpace space;

    ArchiveFolder(Path folder, DiskSpace space) {
        this.folder = folder;
        this.space = space;
    }

    Path path() {
        return folder;
    }

    /** {@return archives, newest first; a folder that is not there has none} */
    List<Archive> list() {
        List<Archive> found = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + END)) {
            for (Path file : files) {
                if (NAME.matcher(String.valueOf(file.getFileName())).matches()) {
                    describe(file, found);
                }
            }
        } catch (IOException absent) {
            log.debug("The folder of backups cannot be listed.", absent);
        }
        found.sort(Comparator.comparing(Archive::createdAt).reversed().thenComparing(Archive::name));
        return List.copyOf(found);
    }

    private static void describe(Path file, List<Archive> found) {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            found.add(describe(file, ArchiveHeader.read(in).header()));
        } catch (SoleraException | IOException unreadable) {
            log.debug("{} is not listed.", file, unreadable);
        }
    }

    private static Archive describe(Path file, ArchiveHeader header) throws IOException {
        return new Archive(
                String.valueOf(file.getFileName()),
                header.createdAt(),
                Files.size(file),
                header.parts(),
                header.version());
    }

    static boolean is(Archive archive, Kind kind) {
        return archive.name().contains("-" + word(kind));
    }

    private static String word(Kind kind) {
        return switch (kind) {
            case AUTO -> "auto";
            case HAND -> "hand";
            case BEFORE -> "before";
            case UPLOAD -> "upload";
        };
    }

    /** {@return the file of an archive} */
    Path find(String name) throws SoleraException {
        Path file = folder.resolve(NAME.matcher(name).matches() ? name : "none" + END);
        if (!NAME.matcher(name).matches() || !Files.isRegularFile(file)) {
            throw new SoleraException(
                    PlatformError.NOT_FOUND, "There is no backup of this name.", "Look at the list of backups.", null);
        }
        return file;
    }

    /** @throws SoleraException with NO_SPACE unless this much can be written and the reserve is left */
    void require(long bytes) throws SoleraException {
        try {
            long needed = bytes + DiskSpace.RESERVE_BYTES;
            long free = space.freeBytes(folder);
            if (free < needed) {
                throw Refusals.noSpace(needed, free, folder);
            }
        } catch (NoSuchFileException absent) {
            throw new SoleraException(
                    PlatformError.CONFLICT,
                    "The folder of backups %s is not there.".formatted(folder),
                    "Mount the disk it is on, or choose another folder in the settings of backups.",
                    absent);
        } catch (IOException unknown) {
            throw Refusals.ofDisk("The free space of %s is not known".formatted(folder), unknown);
        }
    }

    /** Makes an archive. {@return it} */
    Archive make(Kind kind, Instant now, BooleanSupplier cancelled, Writing writing)
            throws SoleraException, IOException {
        String name = "solera-%s-%s".formatted(STAMP.format(now), word(kind));
        Path staged = folder.resolve("." + name + "." + UUID.randomUUID() + PART);
        try {
            try (FileChannel file = FileChannel.open(
                            staged,
                            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
                    GuardedOutput out = new GuardedOutput(Channels.newOutputStream(file), folder, space, cancelled)) {
                writing.write(out);
                out.flush();
                file.force(true);
            }
            ArchiveHeader header;
            try (InputStream in = new BufferedInputStream(Files.newInputStream(staged))) {
                header = ArchiveHeader.read(in).header();
            }
            Path target = free(name);
            Files.move(staged, target, StandardCopyOption.ATOMIC_MOVE);
            DurableFile.forceFolder(folder);
            return describe(target, header);
        } catch (GuardedOutput.StoppedException stopped) {
            throw stopped.refusal();
        } finally {
            Files.deleteIfExists(staged);
        }
    }

    private Path free(String name) {
        Path target = folder.resolve(name + END);
        for (int n = 2; Files.exists(target); n++) {
            target = folder.resolve(name + "-" + n + END);
        }
        return target;
    }

    void delete(String name) throws SoleraException {
        try {
            DurableFile.delete(find(name));
        } catch (IOException failure) {
            throw Refusals.ofDisk("The backup %s cannot be deleted".formatted(name), failure);
        }
    }

    /** Deletes the oldest archives that the schedule made, and leaves {@code keep}. */
    void prune(int keep) throws SoleraException {
        List<Archive> automatic =
                list().stream().filter(each -> is(each, Kind.AUTO)).toList();
        for (Archive old : automatic.subList(Math.min(keep, automatic.size()), automatic.size())) {
            delete(old.name());
            log.info("The old backup {} was deleted: {} are kept.", old.name(), keep);
        }
    }

    /** Deletes what a power cut left half written; nothing may be written meanwhile. */
    void sweep() {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, ".solera-*" + PART)) {
            for (Path file : files) {
                Files.deleteIfExists(file);
                log.info("A backup that was not finished was deleted: {}.", file.getFileName());
            }
        } catch (IOException absent) {
            log.debug("There is nothing to sweep in {}.", folder, absent);
        }
    }
}
