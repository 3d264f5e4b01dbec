// SPDX-License-Identifier: Apache-2.0
package org.solera.media.image.worker;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;

/** The file formats that are let in, told by their first bytes. Nothing else reaches a decoder. */
enum SourceFormat {
    JPEG("jpeg", "Jpeg", false),
    PNG("png", "Png", false),
    GIF("gif", "Nsgif", true),
    WEBP("webp", "Webp", true),
    TIFF("tiff", "Tiff", false),
    AVIF("avif", "Heif", false),
    HEIF("heif", "Heif", false);

    private static final int HEAD = 16;
    private static final Set<String> AVIF_BRANDS = Set.of("avif", "avis");
    private static final Set<String> HEIF_BRANDS = Set.of("heic", "heix", "heim", "heis", "mif1", "msf1");

    private final String label;
    private final String loader;
    private final boolean animated;

    SourceFormat(String label, String loader, boolean animated) {
        this.label = label;
        this.loader = loader;
        this.animated = animated;
    }

    /** {@return the name that people use} */
    String label() {
        return label;
    }

    /** {@return whether libvips named a loader of this very format} */
    boolean isLoadedBy(String vipsClass) {
        return vipsClass.startsWith("VipsForeignLoad" + loader);
    }

    /** {@return whether a source of this format can be an animation} */
    boolean animated() {
        return animated;
    }

    /** {@return the format that the first bytes tell, if it is let in} */
    static Optional<SourceFormat> sniff(ByteBuffer source) {
        byte[] bytes = new byte[Math.min(HEAD, source.remaining())];
        source.duplicate().get(bytes);
        String head = new String(bytes, StandardCharsets.ISO_8859_1);
        if (head.startsWith("\u00ff\u00d8\u00ff")) {
            return Optional.of(JPEG);
        }
        if (head.startsWith("\u0089PNG\r\n\u001a\n")) {
            return Optional.of(PNG);
        }
        if (head.startsWith("GIF87a") || head.startsWith("GIF89a")) {
            return Optional.of(GIF);
        }
        if (head.startsWith("RIFF") && head.startsWith("WEBP", 8)) {
            return Optional.of(WEBP);
        }
        if (head.startsWith("II*\0") || head.startsWith("MM\0*")) {
            return Optional.of(TIFF);
        }
        if (head.startsWith("ftyp", 4) && head.length() >= 12) {
            String brand = head.substring(8, 12);
            return AVIF_BRANDS.contains(brand)
                    ? Optional.of(AVIF)
                    : HEIF_BRANDS.contains(brand) ? Optional.of(HEIF) : Optional.empty();
        }
        return Optional.empty();
    }
}
