// SPDX-License-Identifier: Apache-2.0
package org.solera.media.fop.internal;

import java.util.Optional;
import org.solera.media.api.ImageTransform;
import org.solera.media.api.ImageTransform.Bound;
import org.solera.media.api.ImageTransform.Crop;
import org.solera.media.api.ImageTransform.Fit;
import org.solera.media.api.ImageTransform.Gravity;
import org.solera.media.api.ImageTransform.Scale;

/** One operation of a pipe, parsed and checked. Equal operations are equal values: they are part of the cache key. */
sealed interface Operation {
    /** {@return what a processor is told; empty when the operation asks for facts instead of an image} */
    Optional<ImageTransform> transform();

    /** Facts as JSON. */
    record ImageInfo() implements Operation {
        @Override
        public Optional<ImageTransform> transform() {
            return Optional.empty();
        }
    }

    /**
     * A thumbnail that is never larger than its source.
     *
     * @param mode 0 to 5: inside by edges, cut to fill, inside, around, around by edges, cut to fill by edges
     * @param width width or long edge in pixels, 0 when not given
     * @param height height or short edge in pixels, 0 when not given
     */
    record ImageView2(int mode, int width, int height, Optional<String> format, int quality, boolean interlace)
            implements Operation {
        private static final int EDGES_INSIDE = 0;
        private static final int FILL = 1;
        private static final int INSIDE = 2;
        private static final int EDGES_AROUND = 4;
        private static final int EDGES_FILL = 5;

        @Override
        public Optional<ImageTransform> transform() {
            boolean edges = mode == EDGES_INSIDE || mode == EDGES_AROUND || mode == EDGES_FILL;
            boolean inside = mode == EDGES_INSIDE || mode == INSIDE;
            boolean cut = mode == FILL || mode == EDGES_FILL;
            // Where a box is to be covered, one side alone means a square.
            int boxWidth = inside || width > 0 ? width : height;
            int boxHeight = inside || height > 0 ? height : width;
            boolean sized = width > 0 || height > 0;
            return Optional.of(new ImageTransform(
                    true,
                    edges,
                    sized
                            ? Optional.of(new Scale(
                                    inside ? Fit.INSIDE : Fit.OUTSIDE, boxWidth, boxHeight, Bound.SHRINK_ONLY))
                            : Optional.empty(),
                    sized && cut ? Optional.of(new Crop(Gravity.CENTER, boxWidth, boxHeight, 0, 0)) : Optional.empty(),
                    0,
                    format,
                    quality,
                    interlace));
        }
    }

    /** The steps of imageMogr2, in the fixed order orient, scale, cut, turn, save. */
    record ImageMogr2(
            Optional<Scale> scale,
            Optional<Crop> crop,
            int rotateDegrees,
            Optional<String> format,
            int quality,
            boolean interlace)
            implements Operation {
        @Override
        public Optional<ImageTransform> transform() {
            // Always upright: the result carries no orientation by which a viewer could turn it later.
            return Optional.of(new ImageTransform(true, false, scale, crop, rotateDegrees, format, quality, interlace));
        }
    }
}
