// SPDX-License-Identifier: Apache-2.0
package org.solera.media.image.worker;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.net.ProtocolException;
import org.jspecify.annotations.Nullable;
import org.solera.media.api.ImageFacts;
import org.solera.media.api.ImageTransform;
import org.solera.media.api.MediaError;
import org.solera.media.image.worker.wire.Wire;

/** Serves requests one after the other until its input ends. Confined to one thread. */
public final class ImageWorker {
    private static final int BUFFER = 64 << 10;

    private final DataInputStream in;
    private final DataOutputStream out;
    private final Limits limits;
    private final ImageOperations operations;
    private final byte[] buffer = new byte[BUFFER];

    ImageWorker(DataInputStream in, DataOutputStream out, Limits limits) {
        this.in = in;
        this.out = out;
        this.limits = limits;
        this.operations = new ImageOperations(limits);
    }

    /**
     * Runs until the standard input ends.
     *
     * @param arguments limits as {@code name=number}
     * @throws IOException if the other side breaks the protocol
     */
    public static void main(String[] arguments) throws IOException {
        Limits limits = Limits.parse(arguments);
        Vips.start();
        try (DataInputStream in =
                        new DataInputStream(new BufferedInputStream(new FileInputStream(FileDescriptor.in), BUFFER));
                DataOutputStream out = new DataOutputStream(
                        new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), BUFFER))) {
            new ImageWorker(in, out, limits).serve();
        }
    }

    private void serve() throws IOException {
        for (int version = in.read(); version >= 0; version = in.read()) {
            Wire.requireVersion(version);
            int operation = in.readUnsignedByte();
            if (operation != Wire.INSPECT && operation != Wire.TRANSFORM) {
                throw new ProtocolException("unknown operation " + operation);
            }
            ImageTransform step = operation == Wire.TRANSFORM ? Wire.readTransform(in) : null;
            long length = in.readLong();
            boolean fits = length >= 0 && length <= limits.maxSourceBytes();
            try (Memory source = new Memory(fits ? Math.max(1, length) : 1)) {
                answer(step, source, length, fits, receive(fits ? source : null, length));
            }
            out.flush();
        }
    }

    /** {@return whether the source arrived whole} */
    private boolean receive(@Nullable Memory source, long length) throws IOException {
        long received = 0;
        for (int chunk = in.readInt(); chunk != 0; chunk = in.readInt()) {
            if (chunk == Wire.BROKEN) {
                return false;
            }
            if (chunk < 0 || chunk > buffer.length) {
                throw new ProtocolException("chunk of " + chunk + " bytes");
            }
            in.readFully(buffer, 0, chunk);
            if (source != null && received + chunk <= length) {
                source.write(received, buffer, 0, chunk);
            }
            received += chunk;
        }
        return received == length;
    }

    private void answer(@Nullable ImageTransform step, Pointer source, long length, boolean fits, boolean whole)
            throws IOException {
        if (!whole) {
            begin(Wire.ABORTED);
            return;
        }
        try {
            if (!fits) {
                throw new RefusalException(
                        MediaError.TOO_LARGE,
                        "The source has %d bytes; the limit is %d.".formatted(length, limits.maxSourceBytes()),
                        "Use a smaller image.");
            }
            if (step == null) {
                ImageFacts facts = operations.inspect(source, length);
                Wire.write(begin(Wire.FACTS), facts);
            } else {
                operations.transform(source, length, step, this::send);
            }
        } catch (RefusalException refusal) {
            begin(Wire.REFUSED);
            out.writeUTF(refusal.error().name());
            out.writeUTF(String.valueOf(refusal.getMessage()));
            out.writeUTF(refusal.nextAction());
        }
    }

    private DataOutputStream begin(int kind) throws IOException {
        out.writeByte(Wire.VERSION);
        out.writeByte(kind);
        return out;
    }

    private void send(String contentType, Pointer bytes, int length) throws IOException {
        begin(Wire.IMAGE);
        out.writeUTF(contentType);
        out.writeInt(length);
        for (int sent = 0; sent < length; sent += buffer.length) {
            int count = Math.min(buffer.length, length - sent);
            bytes.read(sent, buffer, 0, count);
            out.write(buffer, 0, count);
        }
    }
}
