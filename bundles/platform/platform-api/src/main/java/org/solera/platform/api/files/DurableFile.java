// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.api.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.UUID;

/**
 * Replaces small files so that a reader, or whoever comes after a power cut, finds the old content or the new, never a
 * part. Commit point: the rename of a temporary file beside the target. Stateless; two writers of one file are both whole,
 * the later rename wins.
 */
public final class DurableFile {
    private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    private static final FileAttribute<Set<PosixFilePermission>> OWNER_FOLDER =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    private DurableFile() {}

    /**
     * Replaces the content of a file, durable on return. Readable by the appliance's user only.
     *
     * @throws IOException if it could not be written, then the file holds its old content; or if the folder could not be
     *     forced, then it holds the new content and a power cut may bring the old one back
     */
    public static void replace(Path target, byte[] content) throws IOException {
        Path staged = target.resolveSibling("." + target.getFileName() + "." + UUID.randomUUID());
        try {
            try (FileChannel file = FileChannel.open(
                    staged, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), OWNER_ONLY)) {
                ByteBuffer left = ByteBuffer.wrap(content);
                while (left.hasRemaining()) {
                    file.write(left);
                }
                file.force(true);
            }
            Files.move(staged, target, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(staged);
        }
        forceFolder(parent(target));
    }

    /** Creates a folder and those above it, readable by the appliance's user only, durable on return. */
    public static Path folder(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            Path above = parent(folder);
            folder(above);
            Files.createDirectories(folder, OWNER_FOLDER);
            forceFolder(above);
        }
        return folder;
    }

    /** Deletes a file if it exists, durable on return. */
    public static void delete(Path file) throws IOException {
        if (Files.deleteIfExists(file)) {
            forceFolder(parent(file));
        }
    }

    /** Makes created, renamed and deleted names of a folder durable. */
    public static void forceFolder(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static Path parent(Path path) throws IOException {
        Path parent = path.toAbsolutePath().getParent();
        if (parent == null) {
            throw new IOException(path + " is in no folder.");
        }
        return parent;
    }
}
