// SPDX-License-Identifier: Apache-2.0
package org.solera.storage.engine.internal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One drive and the files on it.
 *
 * <pre>
 * &lt;drive&gt;/solera-store/
 *   drive                    superblock: "SOLERADR", u16 major, u16 minor, u32 0, drive id (16), CRC32C; 36 bytes
 *   lock                     held by the process that owns the drive
 *   ballast                  1 MiB of noise, given up when the log finds no space, so that deleting always works
 *   log/&lt;seq&gt;-&lt;random&gt;.log   changes, see {@link LogWriter}
 *   checkpoint/&lt;seq&gt;.ckp     the catalog at a sequence, see {@link Checkpoint}
 *   bodies/&lt;00..ff&gt;/&lt;id&gt;    bodies, see {@link BodyFormat}; with .tmp behind the name while they are healed
 * </pre>
 *
 * <p><b>Thread-safety:</b> thread-safe; the state is a snapshot.
 */
final class Drive {
    /** What a drive is used for. */
    enum State {
        /** Not used: gone, broken, or not yet admitted. */
        OFFLINE,
        /** Gets every change and can be read, but its log does not count yet. */
        SYNCING,
        /** A member. */
        ONLINE
    }

    private static final Logger log = LoggerFactory.getLogger(Drive.class);
    private static final byte[] MAGIC = {'S', 'O', 'L', 'E', 'R', 'A', 'D', 'R'};
    private static final short MAJOR = 1;
    private static final int SUPERBLOCK_BYTES = 36;
    private static final String TEMPORARY = ".tmp";
    /** Space set aside for the log of a drive that is full, in bytes. */
    static final int BALLAST_BYTES = 1 << 20;

    private final String name;
    private final Path root;
    private final Path store;
    private final DriveIo io;
    private volatile State state = State.OFFLINE;
    private volatile String problem = "";
    private volatile @Nullable UUID id;

    Drive(String name, Path root, DriveIo io) {
        this.name = name;
        this.root = root;
        this.store = root.resolve("solera-store");
        this.io = io;
    }

    String name() {
        return name;
    }

    Path root() {
        return root;
    }

    DriveIo io() {
        return io;
    }

    State state() {
        return state;
    }

    boolean online() {
        return state == State.ONLINE;
    }

    boolean readable() {
        return state != State.OFFLINE;
    }

    void state(State next, String why) {
        this.state = next;
        this.problem = why;
    }

    /** {@return why the drive is offline, as a sentence; empty when it is not} */
    String problem() {
        return problem;
    }

    /** {@return the id in its superblock, as last read} */
    @Nullable
    UUID id() {
        return id;
    }

    Path lockFile() {
        return store.resolve("lock");
    }

    Path logs() {
        return store.resolve("log");
    }

    Path checkpoints() {
        return store.resolve("checkpoint");
    }

    Path bodies(int shelf) {
        return store.resolve("bodies").resolve("%02x".formatted(shelf));
    }

    /** {@return the folder of a body} */
    Path shelf(BodyId body) {
        return bodies((int) (body.high() >>> 56));
    }

    Path body(BodyId body) {
        return shelf(body).resolve(body.toString());
    }

    Path temporaryBody(BodyId body) {
        return shelf(body).resolve(body + TEMPORARY);
    }

    /** {@return whether the folder of the drive is there} */
    boolean present() {
        return io.exists(root);
    }

    /**
     * Reads the superblock.
     *
     * @return whether there is one; a drive without is blank
     * @throws IOException if it cannot be read or is of a version that this one does not know
     */
    boolean attach() throws IOException {
        Path superblock = store.resolve("drive");
        if (!io.exists(superblock)) {
            id = null;
            if (!present()) {
                throw new IOException("the folder " + root + " is not there");
            }
            return false;
        }
        byte[] bytes = new byte[SUPERBLOCK_BYTES];
        try (DriveIo.Input input = io.open(superblock)) {
            if (input.read(0, bytes, 0, bytes.length) != bytes.length) {
                throw new IOException("the superblock " + superblock + " is cut short");
            }
        }
        ByteBuffer fields = ByteBuffer.wrap(bytes);
        if (!Arrays.equals(MAGIC, Arrays.copyOf(bytes, MAGIC.length)) || fields.getInt(32) != checksum(bytes)) {
            throw new IOException("the superblock " + superblock + " is damaged");
        }
        if (fields.getShort(8) != MAJOR) {
            throw new IOException("the drive was written in format " + fields.getShort(8) + ", known is " + MAJOR);
        }
        id = new UUID(fields.getLong(16), fields.getLong(24));
        return true;
    }

    /** Prepares the folder in which the lock file lies. */
    void prepare() throws IOException {
        io.createDirectory(store);
    }

    /** Makes a blank drive usable; it is blank until the superblock, which is written last, is there. */
    void format() throws IOException {
        for (Path folder : new Path[] {store, logs(), checkpoints(), store.resolve("bodies")}) {
            io.createDirectory(folder);
        }
        for (int shelf = 0; shelf < 256; shelf++) {
            io.createDirectory(bodies(shelf));
        }
        io.forceDirectory(store.resolve("bodies"));
        UUID fresh = UUID.randomUUID();
        ByteBuffer fields =
                ByteBuffer.allocate(SUPERBLOCK_BYTES).put(MAGIC).putShort(MAJOR).putShort((short) 0);
        fields.putInt(0).putLong(fresh.getMostSignificantBits()).putLong(fresh.getLeastSignificantBits());
        fields.putInt(checksum(fields.array()));
        publish(store.resolve("drive"), fields.array());
        io.forceDirectory(root);
        id = fresh;
    }

    /** Writes a small file so that a crash leaves the old or the new content. */
    void publish(Path target, byte[] content) throws IOException {
        Path temporary = target.resolveSibling(target.getFileName() + TEMPORARY);
        boolean written = false;
        try (DriveIo.Output output = io.create(temporary)) {
            output.write(content, 0, content.length);
            output.force();
            written = true;
        } finally {
            if (!written) {
                discard(temporary);
            }
        }
        io.rename(temporary, target);
        io.forceDirectory(target.getParent() == null ? store : target.getParent());
    }

    /** Removes a file that was begun in vain; one that stays is found by the sweep. */
    void discard(Path file) {
        try {
            if (!io.delete(file)) {
                log.trace("File {} was gone", file);
            }
        } catch (IOException failure) {
            log.debug("File {} stays for now: {}", file, failure.toString());
        }
    }

    /** Sets space aside for the log of a drive that other programs filled up, unless that is done. */
    void keepBallast() throws IOException {
        Path ballast = store.resolve("ballast");
        if (io.size(ballast) != BALLAST_BYTES) {
            byte[] noise = new byte[BALLAST_BYTES]; // zeros take no space on file systems that compress
            new SplittableRandom(BALLAST_BYTES).nextBytes(noise);
            publish(ballast, noise);
        }
    }

    /** Gives the space set aside free; {@return whether there was any} */
    boolean dropBallast() throws IOException {
        return io.delete(store.resolve("ballast"));
    }

    /** Tries whether the drive still is what it was and takes a write. */
    void probe() throws IOException {
        UUID before = id;
        if (!attach() || (before != null && !before.equals(id))) {
            throw new IOException("another drive is mounted at " + root);
        }
        Path probe = store.resolve("probe" + TEMPORARY);
        try (DriveIo.Output output = io.create(probe)) {
            output.write(MAGIC, 0, MAGIC.length);
            output.force();
        }
        boolean deleted = io.delete(probe);
        if (!deleted) {
            throw new IOException("a file written to " + root + " was not there afterwards");
        }
    }

    private static int checksum(byte[] superblock) {
        CRC32C crc = new CRC32C();
        crc.update(superblock, 0, SUPERBLOCK_BYTES - 4);
        return (int) crc.getValue();
    }

    @Override
    public String toString() {
        return name;
    }
}
