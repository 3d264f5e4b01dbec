// SPDX-License-Identifier: Apache-2.0
package org.solera.media.image.worker.wire;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.ProtocolException;
import java.util.Optional;
import org.solera.media.api.ImageFacts;
import org.solera.media.api.ImageTransform;
import org.solera.media.api.ImageTransform.Bound;
import org.solera.media.api.ImageTransform.Crop;
import org.solera.media.api.ImageTransform.Fit;
import org.solera.media.api.ImageTransform.Gravity;
import org.solera.media.api.ImageTransform.Scale;

/**
 * Format 1 of the messages. All numbers are big-endian, texts are those of {@link DataOutputStream#writeUTF}.
 *
 * <pre>
 * request: version(1) operation(1) [transform] length(8) chunk* end
 * chunk:   size(4) > 0, bytes        end: size(4) = 0, or -1 when the source broke off
 * answer:  version(1) kind(1), then by kind
 *          IMAGE   content type, length(4), bytes
 *          FACTS   format, width(4), height(4), colour model, frames(4), orientation(4)
 *          REFUSED name of a MediaError, message, next action
 *          ABORTED nothing
 * </pre>
 */
public final class Wire {
    /** Version of the messages. */
    public static final int VERSION = 1;

    /** Asks for {@link ImageFacts}. */
    public static final int INSPECT = 1;

    /** Asks for an image after one {@link ImageTransform}. */
    public static final int TRANSFORM = 2;

    /** Answer: an image. */
    public static final int IMAGE = 0;

    /** Answer: facts. */
    public static final int FACTS = 1;

    /** Answer: a refusal. */
    public static final int REFUSED = 2;

    /** Answer: the source broke off and nothing was done. */
    public static final int ABORTED = 3;

    /** Size of a chunk that says that the source broke off. */
    public static final int BROKEN = -1;

    private static final int NAME_LENGTH = 32;

    private Wire() {}

    /** Checks the first byte of a message. */
    public static void requireVersion(int version) throws ProtocolException {
        if (version != VERSION) {
            throw new ProtocolException("message of format " + version + ", " + VERSION + " expected");
        }
    }

    /** Writes a transform. */
    public static void write(DataOutputStream out, ImageTransform step) throws IOException {
        out.writeBoolean(step.autoOrient());
        out.writeBoolean(step.longEdgeFirst());
        out.writeBoolean(step.scale().isPresent());
        if (step.scale().isPresent()) {
            Scale scale = step.scale().get();
            out.writeUTF(scale.fit().name());
            out.writeInt(scale.width());
            out.writeInt(scale.height());
            out.writeUTF(scale.bound().name());
        }
        out.writeBoolean(step.crop().isPresent());
        if (step.crop().isPresent()) {
            Crop crop = step.crop().get();
            out.writeUTF(crop.gravity().name());
            out.writeInt(crop.width());
            out.writeInt(crop.height());
            out.writeInt(crop.offsetX());
            out.writeInt(crop.offsetY());
        }
        out.writeInt(step.rotateDegrees());
        out.writeUTF(step.format().orElse(""));
        out.writeInt(step.quality());
        out.writeBoolean(step.interlace());
    }

    /** Reads a transform. */
    public static ImageTransform readTransform(DataInputStream in) throws IOException {
        boolean autoOrient = in.readBoolean();
        boolean longEdgeFirst = in.readBoolean();
        Optional<Scale> scale = Optional.empty();
        if (in.readBoolean()) {
            Fit fit = read(in, Fit.class);
            scale = Optional.of(new Scale(fit, in.readInt(), in.readInt(), read(in, Bound.class)));
        }
        Optional<Crop> crop = Optional.empty();
        if (in.readBoolean()) {
            Gravity gravity = read(in, Gravity.class);
            crop = Optional.of(new Crop(gravity, in.readInt(), in.readInt(), in.readInt(), in.readInt()));
        }
        int rotateDegrees = in.readInt();
        String format = in.readUTF();
        return new ImageTransform(
                autoOrient,
                longEdgeFirst,
                scale,
                crop,
                rotateDegrees,
                format.isEmpty() ? Optional.empty() : Optional.of(format),
                in.readInt(),
                in.readBoolean());
    }

    /** Writes facts. */
    public static void write(DataOutputStream out, ImageFacts facts) throws IOException {
        out.writeUTF(facts.format());
        out.writeInt(facts.width());
        out.writeInt(facts.height());
        out.writeUTF(facts.colorModel());
        out.writeInt(facts.frames());
        out.writeInt(facts.orientation());
    }

    /** Reads facts. */
    public static ImageFacts readFacts(DataInputStream in) throws IOException {
        return new ImageFacts(in.readUTF(), in.readInt(), in.readInt(), in.readUTF(), in.readInt(), in.readInt());
    }

    /** Reads the name of a constant. */
    public static <E extends Enum<E>> E read(DataInputStream in, Class<E> type) throws IOException {
        String name = in.readUTF();
        for (E each : type.getEnumConstants()) {
            if (each.name().equals(name)) {
                return each;
            }
        }
        throw new ProtocolException(
                "unknown " + type.getSimpleName() + " " + name.substring(0, Math.min(NAME_LENGTH, name.length())));
    }
}
