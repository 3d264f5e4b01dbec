// SPDX-License-Identifier: Apache-2.0
package org.solera.upgrade.engine.internal;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Objects;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes files so that a crash leaves the old content or the new, never a mix. Stateless. */
final class DurableFile {
    private static final Logger log = LoggerFactory.getLogger(DurableFile.class);

    private DurableFile() {}

    /**
     * Replaces the content of a file.
     *
     * @throws IOException if the file holds its old content still
     */
    static void publish(Path target, byte[] content) throws IOException {
        Path folder = parent(target);
        Path staged = folder.resolve("." + target.getFileName() + "." + UUID.randomUUID());
        try {
            try (FileChannel file = FileChannel.open(staged, CREATE_NEW, WRITE)) {
                ByteBuffer left = ByteBuffer.wrap(content);
                while (left.hasRemaining()) {
                    file.write(left);
                }
                file.force(true);
            }
            Files.move(staged, target, ATOMIC_MOVE); // the commit point
        } finally {
            Files.deleteIfExists(staged);
        }
        syncAfterCommit(folder);
    }

    /** Moves a complete file to its place; both are on one file system. */
    static void publish(Path target, Path staged) throws IOException {
        try (FileChannel file = FileChannel.open(staged, WRITE)) {
            file.force(true);
        }
        Files.move(staged, target, ATOMIC_MOVE); // the commit point
        syncAfterCommit(parent(target));
    }

    /** Creates a folder so that it survives a power cut. */
    static void folder(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            Path above = parent(folder);
            folder(above);
            Files.createDirectories(folder);
            sync(above);
        }
    }

    /** Deletes a file, for good when this returns. */
    static void delete(Path file) throws IOException {
        if (Files.deleteIfExists(file)) {
            sync(parent(file));
        }
    }

    private static Path parent(Path path) {
        return Objects.requireNonNull(path.toAbsolutePath().getParent(), "A file has a folder.");
    }

    private static void sync(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, READ)) {
            channel.force(true);
        }
    }

    /** The new content is visible: all that can be lost is that it survives a power cut, and then the old one does. */
    private static void syncAfterCommit(Path folder) {
        try {
            sync(folder);
        } catch (IOException notDurable) {
            log.error("A change in {} may not survive a power cut.", folder, notDurable);
        }
    }

    /** {@return the SHA-256 of these bytes, in lower-case hex} */
    static String sha256(byte[] content) {
        return HexFormat.of().formatHex(digest().digest(content));
    }

    /** {@return a new SHA-256} */
    static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java has SHA-256.", impossible);
        }
    }

    /** {@return why a file could not be read or written, for people; ends without a full stop} */
    static String words(IOException failure) {
        if (failure instanceof NoSuchFileException || failure instanceof FileNotFoundException) {
            return "a file or a folder is missing";
        }
        if (failure instanceof AccessDeniedException) {
            return "the access is denied";
        }
        if (failure instanceof DirectoryNotEmptyException || failure instanceof FileAlreadyExistsException) {
            return "another file or folder is in the way";
        }
        String told = failure instanceof FileSystemException ofFile ? ofFile.getReason() : failure.getMessage();
        return told == null || told.isBlank() ? "the file system refuses" : told;
    }
}
