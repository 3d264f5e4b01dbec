// SPDX-License-Identifier: Apache-2.0
package org.solera.media.image.internal;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ProtocolException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.solera.media.api.ImageFacts;
import org.solera.media.api.ImageProcessor;
import org.solera.media.api.ImageTransform;
import org.solera.media.api.MediaError;
import org.solera.media.api.MediaException;
import org.solera.media.api.MediaResult;
import org.solera.media.api.MediaSource;
import org.solera.media.image.internal.WorkerExchange.Answer;
import org.solera.media.image.worker.wire.Wire;
import org.solera.platform.api.WorkerPool;

/**
 * One request to a worker and its answer. A source that cannot be read is told to the worker and does not cost it its
 * life. May be run again with another worker. Confined to one thread.
 */
final class WorkerExchange implements WorkerPool.Exchange<Answer> {
    private static final int CHUNK = 64 << 10;

    /** What came of it; exactly one is present. */
    record Answer(
            Optional<MediaResult> image,
            Optional<ImageFacts> facts,
            Optional<MediaException> refusal,
            Optional<IOException> brokenSource) {
        static Answer image(MediaResult image) {
            return new Answer(Optional.of(image), Optional.empty(), Optional.empty(), Optional.empty());
        }

        static Answer facts(ImageFacts facts) {
            return new Answer(Optional.empty(), Optional.of(facts), Optional.empty(), Optional.empty());
        }

        static Answer refusal(MediaException refusal) {
            return new Answer(Optional.empty(), Optional.empty(), Optional.of(refusal), Optional.empty());
        }

        static Answer brokenSource(IOException cause) {
            return new Answer(Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(cause));
        }
    }

    private final MediaSource source;
    private final Optional<ImageTransform> step;
    private boolean begun;

    WorkerExchange(MediaSource source, Optional<ImageTransform> step) {
        this.source = source;
        this.step = step;
    }

    /** {@return whether a worker got the request, this time or an earlier one} */
    boolean begun() {
        return begun;
    }

    @Override
    public Answer exchange(OutputStream request, InputStream answer) throws IOException {
        InputStream opened;
        try {
            opened = source.open();
        } catch (IOException unreadable) {
            return Answer.brokenSource(unreadable);
        }
        begun = true;
        IOException broken;
        try (InputStream body = opened) {
            DataOutputStream out = new DataOutputStream(request);
            out.writeByte(Wire.VERSION);
            out.writeByte(step.isPresent() ? Wire.TRANSFORM : Wire.INSPECT);
            if (step.isPresent()) {
                Wire.write(out, step.get());
            }
            out.writeLong(source.sizeBytes());
            broken = send(body, out);
            out.flush();
        }
        return read(new DataInputStream(new BufferedInputStream(answer, CHUNK)), broken);
    }

    /** {@return why the source broke off, or null if it was sent whole} */
    private @Nullable IOException send(InputStream body, DataOutputStream out) throws IOException {
        byte[] chunk = new byte[CHUNK];
        long left = source.sizeBytes();
        while (left > 0) {
            int count;
            try {
                count = body.read(chunk, 0, (int) Math.min(chunk.length, left));
                if (count < 0) {
                    throw new EOFException("the source ended %d bytes early".formatted(left));
                }
            } catch (IOException unreadable) {
                out.writeInt(Wire.BROKEN);
                return unreadable;
            }
            out.writeInt(count);
            out.write(chunk, 0, count);
            left -= count;
        }
        out.writeInt(0);
        return null;
    }

    private static Answer read(DataInputStream in, @Nullable IOException broken) throws IOException {
        Wire.requireVersion(in.readUnsignedByte());
        int kind = in.readUnsignedByte();
        switch (kind) {
            case Wire.IMAGE -> {
                String contentType = in.readUTF();
                int length = in.readInt();
                if (length < 0 || length > ImageProcessor.MAX_RESULT_BYTES) {
                    throw new ProtocolException("a result of " + length + " bytes");
                }
                byte[] content = new byte[length];
                in.readFully(content);
                return Answer.image(new MediaResult(contentType, content));
            }
            case Wire.FACTS -> {
                return Answer.facts(Wire.readFacts(in));
            }
            case Wire.REFUSED -> {
                MediaError error = Wire.read(in, MediaError.class);
                return Answer.refusal(new MediaException(error, in.readUTF(), in.readUTF(), null));
            }
            case Wire.ABORTED -> {
                return Answer.brokenSource(broken == null ? new IOException("the source was not sent whole") : broken);
            }
            default -> throw new ProtocolException("an answer of kind " + kind);
        }
    }
}
