// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.backup.internal;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;
import org.solera.platform.api.SoleraException;

/** Stops a long writing when the disk gets full or somebody cancels. Confined to one thread. */
final class GuardedOutput extends FilterOutputStream {
    private static final long LOOK_BYTES = 4L << 20;

    /** Carries a refusal through a stream. */
    static final class StoppedException extends IOException {
        private static final long serialVersionUID = 1;

        private final SoleraException refusal;

        StoppedException(SoleraException refusal) {
            super(refusal.getMessage(), refusal);
            this.refusal = refusal;
        }

        SoleraException refusal() {
            return refusal;
        }
    }

    private final Path folder;
    private final DiskSpace space;
    private final BooleanSupplier cancelled;
    private long written;
    private long nextLook;

    GuardedOutput(OutputStream out, Path folder, DiskSpace space, BooleanSupplier cancelled) {
        super(out);
        this.folder = folder;
        this.space = space;
        this.cancelled = cancelled;
    }

    @Override
    public void write(int one) throws IOException {
        look(1);
        out.write(one);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        look(length);
        out.write(bytes, offset, length);
    }

    private void look(int length) throws IOException {
        written += length;
        if (written >= nextLook) {
            nextLook = written + LOOK_BYTES;
            if (cancelled.getAsBoolean()) {
                throw new StoppedException(Refusals.cancelled(null));
            }
            long free = space.freeBytes(folder);
            if (free < DiskSpace.RESERVE_BYTES) {
                throw new StoppedException(Refusals.noSpace(DiskSpace.RESERVE_BYTES, free, folder));
            }
        }
    }

    long written() {
        return written;
    }
}
