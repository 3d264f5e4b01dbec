// SPDX-License-Identifier: Apache-2.0
package org.solera.media.image.worker;

import com.sun.jna.Pointer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.solera.media.api.ImageFacts;
import org.solera.media.api.ImageTransform;
import org.solera.media.api.MediaError;
import org.solera.media.image.worker.VipsImage.NativeBytes;

/** Inspects and transforms one source. Every limit is checked from the header, before a pixel is decoded. */
final class ImageOperations {
    private static final int FIRST_TURNED_ORIENTATION = 5;
    /** Places of the canvas size in a GIF file, two little-endian bytes each, as the supported processors keep them. */
    private static final int GIF_WIDTH = 6;

    private static final int GIF_HEIGHT = 8;

    private final Limits limits;

    ImageOperations(Limits limits) {
        this.limits = limits;
    }

    /** Takes a result while its memory is valid. */
    @FunctionalInterface
    interface Receiver {
        void accept(String contentType, Pointer bytes, int length) throws IOException;
    }

    private record Source(SourceFormat format, Pointer bytes, long length) {}

    ImageFacts inspect(Pointer bytes, long length) throws RefusalException {
        Source source = identify(bytes, length);
        try (VipsImage image = VipsImage.open(bytes, length)) {
            Geometry.Size size = image.frameSize();
            return new ImageFacts(
                    source.format().label(),
                    size.width(),
                    size.height(),
                    colorModel(source.format(), image.interpretation()),
                    image.frames(),
                    Math.max(1, image.orientation()));
        }
    }

    private static String colorModel(SourceFormat format, int interpretation) {
        return switch (interpretation) {
            case 1, 26 -> "gray";
            case 15 -> "cmyk";
            case 22, 17 -> format == SourceFormat.JPEG ? "ycbcr" : "srgb";
            case 25 -> "rgb16";
            case 13 -> "lab";
            default -> "other";
        };
    }

    private Source identify(Pointer bytes, long length) throws RefusalException {
        SourceFormat format = (length == 0
                        ? Optional.<SourceFormat>empty()
                        : SourceFormat.sniff(bytes.getByteBuffer(0, length)))
                .orElseThrow(() -> unsupported(length == 0 ? "The source is empty." : "The source is not an image."));
        String loader = Vips.vips_foreign_find_load_buffer(bytes, length);
        if (loader == null) {
            String reason = Vips.takeError();
            throw unsupported(
                    "The source begins like %s, but this box cannot read it: %s.".formatted(format.label(), reason));
        }
        if (!format.isLoadedBy(loader)) {
            throw unsupported("The source begins like %s, but is something else.".formatted(format.label()));
        }
        return new Source(format, bytes, length);
    }

    private static RefusalException unsupported(String message) {
        return new RefusalException(
                MediaError.UNSUPPORTED_FORMAT, message, "Use a JPEG, PNG, GIF, WebP, TIFF, AVIF or HEIF image.");
    }

    void transform(Pointer bytes, long length, ImageTransform step, Receiver receiver)
            throws RefusalException, IOException {
        Source source = identify(bytes, length);
        Plan plan = plan(source, step);
        List<VipsImage> owned = new ArrayList<>();
        try {
            Vips.vips_error_clear();
            VipsImage image = run(plan, source, step, owned);
            try (NativeBytes file = image.save(plan.format().suffix(step))) {
                requireWhole();
                if (file.length() > limits.maxResultBytes()) {
                    throw tooLarge("The result has %d bytes; the limit is %d."
                            .formatted(file.length(), limits.maxResultBytes()));
                }
                ByteBuffer content = file.pointer().getByteBuffer(0, file.length());
                int kept = plan.format() == ResultFormat.WEBP ? WebpChunks.strip(content) : content.limit();
                receiver.accept(plan.format().contentType(), file.pointer(), kept);
            }
        } finally {
            for (int i = owned.size() - 1; i >= 0; i--) {
                owned.get(i).close();
            }
        }
    }

    /** Where a tile cannot be decoded, some versions of libvips paint it black, note an error and go on. */
    private static void requireWhole() throws RefusalException {
        if (Vips.hasError()) {
            throw RefusalException.of(Vips.takeError());
        }
    }

    /** What is known from the header: the format to write, the number of frames kept, the size of each after scaling. */
    private record Plan(ResultFormat format, int frames, Geometry.Size frame) {}

    private Plan plan(Source source, ImageTransform step) throws RefusalException {
        try (VipsImage header = VipsImage.open(source.bytes(), source.length())) {
            Geometry.Size frame = header.frameSize();
            requireSize(frame);
            if (source.format() == SourceFormat.GIF) {
                // libvips takes the size of the first frame where the canvas is beyond belief.
                requireSize(new Geometry.Size(
                        Short.toUnsignedInt(source.bytes().getShort(GIF_WIDTH)),
                        Short.toUnsignedInt(source.bytes().getShort(GIF_HEIGHT))));
            }
            ResultFormat format = ResultFormat.of(step.format(), source.format(), header.transparent());
            boolean animation = source.format().animated()
                    && format.animated()
                    && header.frames() > 1
                    && header.frames() <= limits.maxFrames()
                    && frame.pixels() * header.frames() <= limits.maxPixels();
            int frames = animation ? header.frames() : 1;
            boolean turned = step.autoOrient() && header.orientation() >= FIRST_TURNED_ORIENTATION;
            Geometry.Size scaled = Geometry.scaled(turned ? frame.turned() : frame, step);
            if (scaled.pixels() * frames > limits.maxResultPixels()) {
                throw tooLarge("The result would have %d by %d pixels in %d frames; the limit is %d pixels in all."
                        .formatted(scaled.width(), scaled.height(), frames, limits.maxResultPixels()));
            }
            return new Plan(format, frames, scaled);
        }
    }

    private void requireSize(Geometry.Size size) throws RefusalException {
        if (size.pixels() > limits.maxPixels()) {
            throw tooLarge("The image has %d by %d pixels; the limit is %d pixels in all."
                    .formatted(size.width(), size.height(), limits.maxPixels()));
        }
    }

    private static RefusalException tooLarge(String message) {
        return new RefusalException(MediaError.TOO_LARGE, message, "Use a smaller image.");
    }

    private VipsImage run(Plan plan, Source source, ImageTransform step, List<VipsImage> owned)
            throws RefusalException {
        // A damaged source is an error rather than an image with grey parts.
        String options = plan.frames() > 1 ? "[fail_on=truncated,n=-1]" : "[fail_on=truncated]";
        VipsImage image = own(
                owned, VipsImage.thumbnail(source.bytes(), source.length(), plan.frame(), step.autoOrient(), options));
        if (step.crop().isPresent() || step.rotateDegrees() != 0) {
            image = own(owned, image.inMemory());
            List<VipsImage> frames = new ArrayList<>();
            for (int i = 0; i < plan.frames(); i++) {
                frames.add(frame(image, i, plan, step, owned));
            }
            image = frames.size() == 1 ? frames.get(0) : own(owned, VipsImage.animation(frames));
        }
        Geometry.Size size = plan.frames() == 1 ? image.size() : image.frameSize();
        if (Math.max(size.width(), size.height()) > plan.format().longestSide()) {
            throw tooLarge("A side of the result has %d pixels; %s can say %d."
                    .formatted(
                            Math.max(size.width(), size.height()),
                            plan.format().contentType(),
                            plan.format().longestSide()));
        }
        return image;
    }

    private static VipsImage frame(VipsImage strip, int number, Plan plan, ImageTransform step, List<VipsImage> owned)
            throws RefusalException {
        Geometry.Size size = plan.frame();
        Geometry.Box box = step.crop().isPresent()
                ? Geometry.cropped(size, step.crop().get(), step.longEdgeFirst())
                : new Geometry.Box(0, 0, size.width(), size.height());
        VipsImage frame = own(
                owned,
                strip.cut(new Geometry.Box(box.left(), box.top() + number * size.height(), box.width(), box.height())));
        return step.rotateDegrees() == 0 ? frame : own(owned, frame.rotated(step.rotateDegrees()));
    }

    private static VipsImage own(List<VipsImage> owned, VipsImage image) {
        owned.add(image);
        return image;
    }
}
