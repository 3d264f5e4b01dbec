// SPDX-License-Identifier: Apache-2.0
package org.solera.hardware.linux.internal;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The files that tell what a machine is. Paths are absolute paths of that machine. What is missing or cannot be read is
 * empty: a container has no DMI, a virtual machine no graphics. Thread-safe.
 */
interface MachineFiles {
    /** The most that is read of one file, in bytes; the rest is left. */
    int READ_LIMIT_BYTES = 64 * 1024;

    /** The most entries that are read of one folder, by name; the rest is left. */
    int LIST_LIMIT = 4096;

    /** {@return the start of a file, at most {@link #READ_LIMIT_BYTES}} */
    byte[] bytes(String path);

    /**
     * {@return the last name of what a link points to} A recorded machine holds a file with that name instead, so that
     * a record survives file systems without links.
     */
    String link(String path);

    /** {@return the names in a folder, sorted} */
    List<String> list(String directory);

    /** {@return the start of a file as text; bytes that are no UTF-8 become U+FFFD} */
    default String text(String path) {
        return new String(bytes(path), StandardCharsets.UTF_8);
    }

    /** {@return the first line of a file as a fact, see {@link FactText#line}} */
    default String line(String path) {
        return FactText.line(text(path));
    }
}
