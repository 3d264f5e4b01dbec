// SPDX-License-Identifier: Apache-2.0
package org.solera.media.image.worker;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.LongByReference;
import com.sun.jna.ptr.PointerByReference;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Owns one image of libvips. What an operation makes is a new image with an owner of its own. Confined to one thread. */
final class VipsImage implements AutoCloseable {
    private static final int QUARTER = 90;

    private final Pointer pointer;
    private boolean closed;

    private VipsImage(Pointer pointer) {
        this.pointer = pointer;
    }

    /** Opens a source and reads its header; pixels are decoded when they are needed. */
    static VipsImage open(Pointer source, long length) throws RefusalException {
        return of(Vips.vips_image_new_from_buffer(source, length, "", null));
    }

    /** Decodes a source to exactly this size, in sRGB, with as little decoding as the format allows. */
    static VipsImage thumbnail(Pointer source, long length, Geometry.Size size, boolean orient, String loaderOptions)
            throws RefusalException {
        PointerByReference result = new PointerByReference();
        int status = Vips.vips_thumbnail_buffer(
                source,
                length,
                result,
                size.width(),
                "height",
                size.height(),
                "size",
                Vips.SIZE_FORCE,
                "no_rotate",
                orient ? 0 : 1,
                "export_profile",
                "srgb",
                "option_string",
                loaderOptions,
                null);
        return made(status, result);
    }

    private static VipsImage of(@Nullable Pointer pointer) throws RefusalException {
        if (pointer == null) {
            throw RefusalException.of(Vips.takeError());
        }
        return new VipsImage(pointer);
    }

    private static VipsImage made(int status, PointerByReference result) throws RefusalException {
        return of(status == 0 ? result.getValue() : null);
    }

    Geometry.Size size() {
        return new Geometry.Size(Vips.vips_image_get_width(pointer), Vips.vips_image_get_height(pointer));
    }

    /** {@return the size of one frame} */
    Geometry.Size frameSize() {
        return new Geometry.Size(Vips.vips_image_get_width(pointer), Vips.vips_image_get_page_height(pointer));
    }

    int frames() {
        return Math.max(1, Vips.vips_image_get_n_pages(pointer));
    }

    int orientation() {
        return Vips.vips_image_get_orientation(pointer);
    }

    int interpretation() {
        return Vips.vips_image_get_interpretation(pointer);
    }

    boolean transparent() {
        return Vips.vips_image_hasalpha(pointer) != 0;
    }

    /** {@return the same pixels, decoded into memory, so that they can be read in any order} */
    VipsImage inMemory() throws RefusalException {
        return of(Vips.vips_image_copy_memory(pointer));
    }

    VipsImage cut(Geometry.Box box) throws RefusalException {
        PointerByReference result = new PointerByReference();
        return made(
                Vips.vips_extract_area(pointer, result, box.left(), box.top(), box.width(), box.height(), null),
                result);
    }

    VipsImage rotated(int degrees) throws RefusalException {
        PointerByReference result = new PointerByReference();
        if (degrees % QUARTER == 0) {
            return made(Vips.vips_rot(pointer, result, degrees / QUARTER, null), result);
        }
        if (transparent()) {
            return made(Vips.vips_rotate(pointer, result, degrees, null), result);
        }
        try (VipsImage clear = made(Vips.vips_addalpha(pointer, result, null), result)) {
            PointerByReference turned = new PointerByReference();
            return made(Vips.vips_rotate(clear.pointer, turned, degrees, null), turned);
        }
    }

    /** {@return frames of equal size one below the other, as libvips keeps an animation} */
    static VipsImage animation(List<VipsImage> frames) throws RefusalException {
        try (Memory pointers = new Memory((long) Native.POINTER_SIZE * frames.size())) {
            for (int i = 0; i < frames.size(); i++) {
                pointers.setPointer((long) Native.POINTER_SIZE * i, frames.get(i).pointer);
            }
            PointerByReference joined = new PointerByReference();
            int status = Vips.vips_arrayjoin(pointers, joined, frames.size(), "across", 1, null);
            try (VipsImage strip = made(status, joined)) {
                PointerByReference copy = new PointerByReference();
                VipsImage result = made(Vips.vips_copy(strip.pointer, copy, null), copy);
                // Metadata of an image may be changed only while nobody else holds it, hence the copy.
                Vips.vips_image_set_int(
                        result.pointer, "page-height", frames.get(0).size().height());
                return result;
            }
        }
    }

    /** Decodes and encodes; {@return the file, close it} */
    NativeBytes save(String suffix) throws RefusalException {
        PointerByReference bytes = new PointerByReference();
        LongByReference length = new LongByReference();
        if (Vips.vips_image_write_to_buffer(pointer, suffix, bytes, length, null) != 0) {
            throw RefusalException.of(Vips.takeError());
        }
        return new NativeBytes(bytes.getValue(), length.getValue());
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            Vips.Gobject.g_object_unref(pointer);
        }
    }

    /** Bytes that libvips allocated. */
    static final class NativeBytes implements AutoCloseable {
        private final Pointer pointer;
        private final long length;

        NativeBytes(Pointer pointer, long length) {
            this.pointer = pointer;
            this.length = length;
        }

        Pointer pointer() {
            return pointer;
        }

        long length() {
            return length;
        }

        @Override
        public void close() {
            Vips.Glib.g_free(pointer);
        }
    }
}
