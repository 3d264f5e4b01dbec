// SPDX-License-Identifier: Apache-2.0
package org.solera.media.image.worker;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.LongByReference;
import com.sun.jna.ptr.PointerByReference;
import org.jspecify.annotations.Nullable;

/**
 * The functions of libvips that the worker calls, mapped directly. Optional arguments of libvips are pairs of name and
 * value ended by a null pointer; they are declared here as fixed arguments, which Linux on x86_64 and aarch64 passes the
 * same way as long as none of them is a floating-point number.
 */
final class Vips {
    /** {@code VIPS_SIZE_FORCE}: exactly the size that is given. */
    static final int SIZE_FORCE = 3;

    static {
        Native.register(Vips.class, NativeLibrary.getInstance("libvips.so.42"));
    }

    private Vips() {}

    static native int vips_init(String program);

    static native void vips_concurrency_set(int threads);

    static native void vips_cache_set_max(int operations);

    static native @Nullable Pointer vips_error_buffer();

    static native void vips_error_clear();

    static native @Nullable String vips_foreign_find_load_buffer(Pointer source, long length);

    static native @Nullable Pointer vips_image_new_from_buffer(
            Pointer source, long length, String options, @Nullable Pointer end);

    static native int vips_image_get_width(Pointer image);

    static native int vips_image_get_height(Pointer image);

    static native int vips_image_get_page_height(Pointer image);

    static native int vips_image_get_n_pages(Pointer image);

    static native int vips_image_get_orientation(Pointer image);

    static native int vips_image_get_interpretation(Pointer image);

    static native int vips_image_hasalpha(Pointer image);

    static native void vips_image_set_int(Pointer image, String name, int value);

    static native @Nullable Pointer vips_image_copy_memory(Pointer image);

    static native int vips_thumbnail_buffer(
            Pointer source,
            long length,
            PointerByReference result,
            int width,
            String heightName,
            int height,
            String sizeName,
            int size,
            String noRotateName,
            int noRotate,
            String profileName,
            String profile,
            String optionsName,
            String options,
            @Nullable Pointer end);

    static native int vips_copy(Pointer image, PointerByReference result, @Nullable Pointer end);

    static native int vips_extract_area(
            Pointer image, PointerByReference result, int left, int top, int width, int height, @Nullable Pointer end);

    static native int vips_rot(Pointer image, PointerByReference result, int quarterTurns, @Nullable Pointer end);

    static native int vips_rotate(Pointer image, PointerByReference result, double degrees, @Nullable Pointer end);

    static native int vips_addalpha(Pointer image, PointerByReference result, @Nullable Pointer end);

    static native int vips_arrayjoin(
            Pointer images, PointerByReference result, int count, String acrossName, int across, @Nullable Pointer end);

    static native int vips_image_write_to_buffer(
            Pointer image, String suffix, PointerByReference bytes, LongByReference length, @Nullable Pointer end);

    /** Functions of glib. */
    static final class Glib {
        static {
            Native.register(Glib.class, NativeLibrary.getInstance("libglib-2.0.so.0"));
        }

        private Glib() {}

        static native void g_free(Pointer memory);
    }

    /** Functions of gobject. */
    static final class Gobject {
        static {
            Native.register(Gobject.class, NativeLibrary.getInstance("libgobject-2.0.so.0"));
        }

        private Gobject() {}

        static native void g_object_unref(Pointer object);
    }

    /** Starts libvips: one thread, no cache of operations, no loader that its authors do not trust with hostile files. */
    static void start() {
        if (vips_init("solera-image-worker") != 0) {
            throw new IllegalStateException("libvips does not start: " + takeError());
        }
        vips_concurrency_set(1);
        vips_cache_set_max(0);
        // Since 8.13; the formats let in are checked before any loader runs in every version.
        NativeLibrary library = NativeLibrary.getInstance("libvips.so.42");
        try {
            library.getFunction("vips_block_untrusted_set").invokeVoid(new Object[] {1});
        } catch (UnsatisfiedLinkError older) {
            System.err.println("libvips is older than 8.13 and cannot block untrusted loaders by itself");
        }
    }

    /** {@return whether libvips noted an error since the last one was taken} */
    static boolean hasError() {
        Pointer buffer = vips_error_buffer();
        return buffer != null && buffer.getByte(0) != 0;
    }

    /** {@return the first line of what libvips complains about, and forgets it} */
    static String takeError() {
        Pointer buffer = vips_error_buffer();
        String text = buffer == null ? "" : buffer.getString(0);
        vips_error_clear();
        return text.lines().findFirst().orElse("no reason given");
    }
}
