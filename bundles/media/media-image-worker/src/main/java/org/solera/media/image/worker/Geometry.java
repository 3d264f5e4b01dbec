// SPDX-License-Identifier: Apache-2.0
package org.solera.media.image.worker;

import org.solera.media.api.ImageTransform;
import org.solera.media.api.ImageTransform.Bound;
import org.solera.media.api.ImageTransform.Crop;
import org.solera.media.api.ImageTransform.Fit;
import org.solera.media.api.ImageTransform.Scale;
import org.solera.media.api.MediaError;

/** Arithmetic of sizes, in pixels. */
final class Geometry {
    private Geometry() {}

    /** A size, in pixels, both sides at least 1. */
    record Size(int width, int height) {
        Size turned() {
            return new Size(height, width);
        }

        long pixels() {
            return (long) width * height;
        }
    }

    /** A rectangle inside an image, in pixels. */
    record Box(int left, int top, int width, int height) {}

    /** {@return the size after scaling an image of this size} */
    static Size scaled(Size source, ImageTransform step) {
        if (step.scale().isEmpty()) {
            return source;
        }
        Scale scale = step.scale().get();
        boolean swap = step.longEdgeFirst() && source.height() > source.width();
        double width = swap ? scale.height() : scale.width();
        double height = swap ? scale.width() : scale.height();
        if (scale.fit() == Fit.PERCENT) {
            return size(
                    source,
                    bound(width == 0 ? 1 : width / 100, scale.bound()),
                    bound(height == 0 ? 1 : height / 100, scale.bound()));
        }
        if (scale.fit() == Fit.AREA) {
            double ratio = bound(Math.sqrt(scale.width() / (double) source.pixels()), scale.bound());
            // Rounded down, because the number of pixels is a promise.
            return new Size(Math.max(1, (int) (source.width() * ratio)), Math.max(1, (int) (source.height() * ratio)));
        }
        double byWidth = width / source.width();
        double byHeight = height / source.height();
        if (width == 0 || height == 0) {
            double ratio = bound(width == 0 ? (height == 0 ? 1 : byHeight) : byWidth, scale.bound());
            return size(source, ratio, ratio);
        }
        if (scale.fit() == Fit.STRETCH) {
            return size(source, bound(byWidth, scale.bound()), bound(byHeight, scale.bound()));
        }
        double ratio = bound(
                scale.fit() == Fit.INSIDE ? Math.min(byWidth, byHeight) : Math.max(byWidth, byHeight), scale.bound());
        return size(source, ratio, ratio);
    }

    private static double bound(double ratio, Bound bound) {
        return switch (bound) {
            case NONE -> ratio;
            case SHRINK_ONLY -> Math.min(1, ratio);
            case ENLARGE_ONLY -> Math.max(1, ratio);
        };
    }

    private static Size size(Size source, double horizontal, double vertical) {
        return new Size(side(source.width() * horizontal), side(source.height() * vertical));
    }

    private static int side(double pixels) {
        return (int) Math.max(1, Math.min(Integer.MAX_VALUE, Math.round(pixels)));
    }

    /** {@return what a crop leaves of an image of this size} */
    static Box cropped(Size image, Crop crop, boolean longEdgeFirst) throws RefusalException {
        boolean swap = longEdgeFirst && image.height() > image.width();
        int askedWidth = swap ? crop.height() : crop.width();
        int askedHeight = swap ? crop.width() : crop.height();
        int width = askedWidth == 0 ? image.width() : Math.min(askedWidth, image.width());
        int height = askedHeight == 0 ? image.height() : Math.min(askedHeight, image.height());
        long left = place(crop.gravity().horizontal(), image.width() - width, crop.offsetX());
        long top = place(crop.gravity().vertical(), image.height() - height, crop.offsetY());
        long right = Math.min(image.width(), left + width);
        long bottom = Math.min(image.height(), top + height);
        left = Math.max(0, left);
        top = Math.max(0, top);
        if (left >= right || top >= bottom) {
            throw new RefusalException(
                    MediaError.INVALID_OPERATION,
                    "The rectangle to cut out lies outside the image of %d by %d pixels."
                            .formatted(image.width(), image.height()),
                    "Use smaller offsets.");
        }
        return new Box((int) left, (int) top, (int) (right - left), (int) (bottom - top));
    }

    private static long place(int side, int room, int offset) {
        return switch (side) {
            case -1 -> offset;
            case 1 -> (long) room - offset;
            default -> room / 2 + (long) offset;
        };
    }
}
