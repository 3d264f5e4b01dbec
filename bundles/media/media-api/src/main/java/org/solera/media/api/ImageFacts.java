// SPDX-License-Identifier: Apache-2.0
package org.solera.media.api;

/**
 * What an image is.
 *
 * @param format file format: {@code jpeg}, {@code png}, {@code webp}, {@code gif}, {@code tiff}, {@code avif}
 * @param width width in pixels, before any turn
 * @param height height in pixels, before any turn
 * @param colorModel {@code srgb}, {@code cmyk}, {@code b-w} or what the decoder calls it
 * @param frames number of frames or pages
 * @param orientation 1 to 8 as in EXIF; 1 when absent
 */
public record ImageFacts(String format, int width, int height, String colorModel, int frames, int orientation) {}
