// SPDX-License-Identifier: Apache-2.0
package org.solera.storage.engine.internal;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.solera.storage.api.BodyExpectation;
import org.solera.storage.api.StagedBody;
import org.solera.storage.api.StorageError;
import org.solera.storage.api.StorageException;

/**
 * Streams a body onto two drives at once. It has its name from the beginning, which saves a force: nothing looks for a body
 * before its manifest is committed, and that comes after both copies are durable. Uses 256 KiB of memory
 * for a body of any length. Confined to one thread.
 */
final class BodyStager {
    private static final Logger log = LoggerFactory.getLogger(BodyStager.class);
    private static final int BLOCKS = 4;
    private static final long FORCE_BYTES = 64L << 20;

    private final DriveSet drives;
    private final FanOut fanOut;
    private final BodyId id = BodyId.random();
    private final List<Copy> copies = new ArrayList<>();
    private final byte[] buffer = new byte[BLOCKS * BodyFormat.STRIDE_BYTES];
    private final MessageDigest md5 = digest("MD5");
    private final @Nullable MessageDigest sha256;
    private final BodyExpectation expectation;
    private final SpaceLedger.Claim space;
    private long sizeBytes;
    private long block;

    private record Copy(Drive drive, DriveIo.Output output) {}

    private BodyStager(DriveSet drives, FanOut fanOut, BodyExpectation expectation) {
        this.drives = drives;
        this.fanOut = fanOut;
        this.expectation = expectation;
        this.space = drives.space().claim(expectation.sizeBytes());
        this.sha256 = expectation.sha256Hex().isPresent() ? digest("SHA-256") : null;
    }

    static StagedBody stage(
            InputStream body, BodyExpectation expectation, DriveSet drives, Members members, FanOut fanOut)
            throws IOException, StorageException {
        BodyStager stager = new BodyStager(drives, fanOut, expectation);
        boolean staged = false;
        try {
            stager.create(drives.choose(members, stager.space));
            stager.copy(body);
            StagedBody result = stager.verify();
            stager.makeDurable();
            staged = true;
            return result;
        } finally {
            stager.close(staged);
        }
    }

    private void create(List<Drive> chosen) throws StorageException {
        byte[] header = BodyFormat.header(id);
        for (Drive drive : chosen) {
            try {
                Copy copy = new Copy(drive, drive.io().create(drive.body(id)));
                copies.add(copy);
                copy.output().write(header, 0, header.length);
            } catch (IOException failure) {
                throw failed(drive, failure);
            }
        }
    }

    private void copy(InputStream body) throws IOException, StorageException {
        long nextForce = FORCE_BYTES;
        boolean more = true;
        while (more) {
            int filled = 0;
            for (int i = 0; i < BLOCKS && more; i++) {
                int length = body.readNBytes(buffer, filled, BodyFormat.BLOCK_BYTES);
                more = length == BodyFormat.BLOCK_BYTES;
                if (length > 0) {
                    filled += seal(filled, length);
                }
            }
            write(filled);
            if (sizeBytes >= nextForce) {
                nextForce += FORCE_BYTES;
                for (Copy each : copies) {
                    force(each);
                }
            }
        }
    }

    private int seal(int offset, int length) throws StorageException {
        sizeBytes += length;
        if (sizeBytes > expectation.maxBytes()) {
            throw new StorageException(
                    StorageError.TOO_LARGE,
                    "The body is larger than %d bytes.".formatted(expectation.maxBytes()),
                    "Upload it in parts.");
        }
        md5.update(buffer, offset, length);
        if (sha256 != null) {
            sha256.update(buffer, offset, length);
        }
        BodyFormat.putInt(buffer, offset + length, BodyFormat.checksum(id, block, buffer, offset, length));
        block++;
        return length + BodyFormat.CRC_BYTES;
    }

    private void write(int length) throws StorageException {
        space.beforeWrite(length);
        for (Copy copy : copies) {
            try {
                copy.output().write(buffer, 0, length);
            } catch (IOException failure) {
                throw failed(copy.drive(), failure);
            }
        }
        space.written(length);
    }

    private void force(Copy copy) throws StorageException {
        try {
            copy.output().force(); // keeps the last force of a large body short
        } catch (IOException failure) {
            throw failed(copy.drive(), failure);
        }
    }

    private StagedBody verify() throws StorageException {
        if (expectation.sizeBytes() >= 0 && sizeBytes != expectation.sizeBytes()) {
            throw new StorageException(
                    StorageError.INCOMPLETE_BODY,
                    "The body has %d bytes, promised were %d.".formatted(sizeBytes, expectation.sizeBytes()),
                    "Send it again.");
        }
        String md5Hex = HexFormat.of().formatHex(md5.digest());
        String sha256Hex = sha256 == null ? "" : HexFormat.of().formatHex(sha256.digest());
        requireSame("MD5", expectation.md5Hex().orElse(md5Hex), md5Hex);
        requireSame("SHA-256", expectation.sha256Hex().orElse(sha256Hex), sha256Hex);
        return new StagedBody(id.toString(), sizeBytes, md5Hex, sha256Hex);
    }

    private static void requireSame(String name, String wanted, String found) throws StorageException {
        if (!wanted.equalsIgnoreCase(found)) {
            throw new StorageException(
                    StorageError.BAD_DIGEST,
                    "The %s of the body is %s, promised was %s.".formatted(name, found, wanted),
                    "Send it again.");
        }
    }

    private void makeDurable() throws StorageException {
        Map<Drive, IOException> failures =
                fanOut.run(copies.stream().map(Copy::drive).toList(), this::publish);
        for (Map.Entry<Drive, IOException> failure : failures.entrySet()) {
            throw failed(failure.getKey(), failure.getValue());
        }
    }

    private void publish(Drive drive) throws IOException {
        for (Copy copy : copies) {
            if (copy.drive() == drive) {
                copy.output().force();
                copy.output().close();
                drive.io().forceDirectory(drive.shelf(id)); // the file went the same way: this costs little now
            }
        }
    }

    private StorageException failed(Drive drive, IOException failure) {
        if (DriveSet.isFull(failure)) {
            drives.refusedForSpace();
            return new StorageException(
                    StorageError.NO_SPACE, "Drive " + drive + " is full.", "Delete objects or add drives.", failure);
        }
        drives.suspect(drive, failure);
        return new StorageException(
                StorageError.TOO_FEW_DRIVES,
                "Drive " + drive + " failed while the body was written: " + failure.getMessage() + ".",
                "Send it again; it goes to other drives if there are any.",
                failure);
    }

    private void close(boolean staged) {
        for (Copy copy : copies) {
            try {
                copy.output().close();
            } catch (IOException failure) {
                log.debug("Body {} on {} was not closed: {}", id, copy.drive(), failure.toString());
            }
            if (!staged) {
                remove(copy.drive());
            }
        }
        space.close();
    }

    /** Removes what was written at once: on a full drive others wait for the space. */
    private void remove(Drive drive) {
        try {
            if (!drive.io().delete(drive.body(id))) {
                log.trace("Body {} was not on {}", id, drive);
            }
        } catch (IOException failure) {
            log.debug("Body {} on {} is left to the sweep: {}", id, drive, failure.toString());
        }
    }

    private static MessageDigest digest(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
