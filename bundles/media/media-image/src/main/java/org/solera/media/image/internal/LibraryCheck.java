// SPDX-License-Identifier: Apache-2.0
package org.solera.media.image.internal;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Looks for libvips where the dynamic linker of common distributions does. Asked anew each time, so that an installation helps at once. */
final class LibraryCheck {
    private static final String LIBRARY = "libvips.so.42";
    private static final List<String> FOLDERS = List.of(
            "/usr/lib/x86_64-linux-gnu",
            "/usr/lib/aarch64-linux-gnu",
            "/usr/lib64",
            "/usr/lib",
            "/usr/local/lib",
            "/usr/local/lib/x86_64-linux-gnu",
            "/usr/local/lib/aarch64-linux-gnu");

    private LibraryCheck() {}

    /** {@return whether libvips is there} */
    static boolean present() {
        return FOLDERS.stream().anyMatch(folder -> Files.exists(Path.of(folder, LIBRARY)));
    }
}
