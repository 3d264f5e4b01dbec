// SPDX-License-Identifier: Apache-2.0
package org.solera.media.image.worker;

import java.util.Optional;
import org.solera.media.api.ImageTransform;
import org.solera.media.api.MediaError;

/** The file formats that can be written. */
enum ResultFormat {
    JPEG("image/jpeg", false, 65_535),
    PNG("image/png", false, Integer.MAX_VALUE),
    GIF("image/gif", true, 65_535),
    WEBP("image/webp", true, 16_383);

    private static final int DEFAULT_QUALITY = 75;

    private final String contentType;
    private final boolean animated;
    private final int longestSide;

    ResultFormat(String contentType, boolean animated, int longestSide) {
        this.contentType = contentType;
        this.animated = animated;
        this.longestSide = longestSide;
    }

    /** {@return the format that is asked for, else that of the source, else JPEG, or PNG for a source with transparency} */
    static ResultFormat of(Optional<String> asked, SourceFormat source, boolean transparent) throws RefusalException {
        if (asked.isEmpty()) {
            return switch (source) {
                case JPEG -> JPEG;
                case PNG -> PNG;
                case GIF -> GIF;
                case WEBP -> WEBP;
                case TIFF, AVIF, HEIF -> transparent ? PNG : JPEG;
            };
        }
        return switch (asked.get()) {
            case "jpg", "jpeg" -> JPEG;
            case "png" -> PNG;
            case "gif" -> GIF;
            case "webp" -> WEBP;
            default ->
                throw new RefusalException(
                        MediaError.UNSUPPORTED_OPERATION,
                        "Images cannot be written as " + asked.get() + ".",
                        "Ask for jpg, png, webp or gif.");
        };
    }

    /** {@return what libvips is told to write} */
    String suffix(ImageTransform step) {
        int quality = step.quality() == 0 ? DEFAULT_QUALITY : step.quality();
        return switch (this) {
            case JPEG ->
                ".jpg[strip,background=255,optimize_coding,Q=" + quality + (step.interlace() ? ",interlace]" : "]");
            case PNG -> ".png[strip]";
            case GIF -> ".gif[strip]";
            case WEBP -> ".webp[strip,Q=" + quality + "]";
        };
    }

    String contentType() {
        return contentType;
    }

    boolean animated() {
        return animated;
    }

    /** {@return the longest side that the format can say, in pixels} */
    int longestSide() {
        return longestSide;
    }
}
