// SPDX-License-Identifier: Apache-2.0
package org.solera.media.api;

import java.util.Optional;

/**
 * One step on an image, as a processor understands it, in this order: orient, scale, crop, rotate, save.
 *
 * @param autoOrient whether the orientation of the camera is applied first; sizes are those after it
 * @param longEdgeFirst whether each width below means the long edge of the image and each height the short one
 * @param scale how the image is scaled; empty to keep its size
 * @param crop what is cut out of the scaled image; empty to keep all
 * @param rotateDegrees clockwise turn of what was cut out, 0 to 359; corners that appear are transparent, or white where
 *     the format has no transparency
 * @param format file format of the result: {@code jpeg}, {@code png}, {@code webp}, {@code gif}; empty for that of the source
 * @param quality 1 to 100; 0 for the default of 75
 * @param interlace whether JPEG is progressive
 */
public record ImageTransform(
        boolean autoOrient,
        boolean longEdgeFirst,
        Optional<Scale> scale,
        Optional<Crop> crop,
        int rotateDegrees,
        Optional<String> format,
        int quality,
        boolean interlace) {
    /**
     * A change of size.
     *
     * @param fit how width and height are meant
     * @param width width in the unit of the fit; 0 for free
     * @param height height in the unit of the fit; 0 for free
     * @param bound in which direction the size may change
     */
    public record Scale(Fit fit, int width, int height, Bound bound) {}

    /** How a box bounds an image. */
    public enum Fit {
        /** The whole image, as large as fits into the box of pixels. */
        INSIDE,
        /** The whole image, as small as covers the box of pixels. */
        OUTSIDE,
        /** The box of pixels filled, proportions given up. */
        STRETCH,
        /** Width and height are percent of those of the source; 0 leaves that side as it is. */
        PERCENT,
        /** Width is the greatest number of pixels in all; height has no meaning. */
        AREA
    }

    /** In which direction a size may change. */
    public enum Bound {
        /** Both. */
        NONE,
        /** Only to a smaller image; one that is small enough stays as it is. */
        SHRINK_ONLY,
        /** Only to a larger image; one that is large enough stays as it is. */
        ENLARGE_ONLY
    }

    /**
     * A rectangle to cut out; what of it lies outside the image is left away.
     *
     * @param gravity where the rectangle lies
     * @param width width in pixels; 0 for the whole width
     * @param height height in pixels; 0 for the whole height
     * @param offsetX shift from the place that gravity gives, in pixels, away from that edge, else to the right
     * @param offsetY shift from the place that gravity gives, in pixels, away from that edge, else downward
     */
    public record Crop(Gravity gravity, int width, int height, int offsetX, int offsetY) {}

    /** A place in an image. */
    public enum Gravity {
        NORTH_WEST(-1, -1),
        NORTH(0, -1),
        NORTH_EAST(1, -1),
        WEST(-1, 0),
        CENTER(0, 0),
        EAST(1, 0),
        SOUTH_WEST(-1, 1),
        SOUTH(0, 1),
        SOUTH_EAST(1, 1);

        private final int horizontal;
        private final int vertical;

        Gravity(int horizontal, int vertical) {
            this.horizontal = horizontal;
            this.vertical = vertical;
        }

        /** {@return -1 for left, 0 for centre, 1 for right} */
        public int horizontal() {
            return horizontal;
        }

        /** {@return -1 for top, 0 for centre, 1 for bottom} */
        public int vertical() {
            return vertical;
        }
    }
}
