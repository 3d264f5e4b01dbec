// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.audit.internal;

import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What is known of a segment without reading it.
 *
 * @param number number in its name
 * @param first sequence of its first record; 0 if its head cannot be read
 * @param previous hash of the record before; empty if its head cannot be read
 * @param bytes size
 * @param earliest least time of its records as text; empty if there are none or it is not known
 * @param latest greatest time of its records as text; empty if there are none or it is not known
 * @param known whether the times are known
 */
record Segment(long number, long first, String previous, long bytes, String earliest, String latest, boolean known) {
    private static final Pattern NAME = Pattern.compile("[0-9]{8}\\.log");

    static String name(long number) {
        return String.format(Locale.ROOT, "%08d.log", number);
    }

    static boolean isName(String name) {
        return NAME.matcher(name).matches();
    }

    static long numberOf(String name) {
        return Long.parseLong(name, 0, 8, 10);
    }

    Path file(Path folder) {
        return folder.resolve(name(number));
    }

    /** {@return this segment with a record more} */
    Segment grown(long moreBytes, String time) {
        return new Segment(
                number,
                first,
                previous,
                bytes + moreBytes,
                earliest.isEmpty() || time.compareTo(earliest) < 0 ? time : earliest,
                time.compareTo(latest) > 0 ? time : latest,
                known);
    }

    /** {@return this segment with the times that the head of the next one tells} */
    Segment timed(String least, String greatest) {
        return new Segment(number, first, previous, bytes, least, greatest, true);
    }
}
