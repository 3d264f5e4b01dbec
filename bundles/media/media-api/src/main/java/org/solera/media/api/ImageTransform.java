// SPDX-License-Identifier: Apache-2.0
package org.solera.media.api;

import java.util.Optional;

/**
 * One step on an image, as a processor understands it: auto-orient, fit, crop, rotate, then save.
 *
 * @param fit how width and height are meant
 * @param width width in pixels; 0 for free
 * @param height height in pixels; 0 for free
 * @param enlarge whether an image smaller than the box is made larger
 * @param autoOrient whether the orientation of the camera is applied first
 * @param rotateDegrees clockwise turn after scaling: 0, 90, 180 or 270
 * @param format file format of the result: {@code jpeg}, {@code png}, {@code webp}, {@code gif}; empty for that of the source
 * @param quality 1 to 100; 0 for the default of 75
 * @param interlace whether JPEG is progressive
 */
public record ImageTransform(
        Fit fit,
        int width,
        int height,
        boolean enlarge,
        boolean autoOrient,
        int rotateDegrees,
        Optional<String> format,
        int quality,
        boolean interlace) {
    /** How a box bounds an image. */
    public enum Fit {
        /** The whole image, as large as fits into the box. */
        INSIDE,
        /** The whole image, as small as covers the box. */
        OUTSIDE,
        /** The box filled, what sticks out cut off around the centre. */
        CROP,
        /** The box filled, proportions given up. */
        STRETCH
    }
}
