// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.api.settings;

import java.util.List;

/**
 * One value of a section.
 *
 * @param key name of the value, as in Configuration Admin, with its unit: {@code idleLimitMinutes}
 * @param type how it is read and shown
 * @param title label in English
 * @param titleZh label in Simplified Chinese
 * @param help one sentence in English; may be empty
 * @param helpZh one sentence in Simplified Chinese; may be empty
 * @param otherwise value when nothing is set, as text
 * @param min least number, or fewest characters
 * @param max greatest number, or most characters
 * @param options allowed values of a {@link Type#CHOICE}; empty otherwise
 */
public record SettingField(
        String key,
        Type type,
        String title,
        String titleZh,
        String help,
        String helpZh,
        String otherwise,
        long min,
        long max,
        List<String> options) {
    /** How a value is read and shown. */
    public enum Type {
        TEXT,
        /** Sealed at rest and never given out again. */
        SECRET,
        NUMBER,
        BOOLEAN,
        CHOICE,
        /** Texts, one a line; kept as an array. */
        LIST
    }

    public SettingField {
        options = List.copyOf(options);
    }
}
