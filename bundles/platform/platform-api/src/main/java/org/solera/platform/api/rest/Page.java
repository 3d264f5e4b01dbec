// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.api.rest;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.solera.platform.api.PlatformError;
import org.solera.platform.api.SoleraException;

/**
 * Part of a list.
 *
 * @param items the things, in order
 * @param next what to send as {@code cursor} for those after them; null at the end
 * @param <T> a thing
 */
public record Page<T>(List<T> items, @Nullable String next) {
    /** The most things on a page. */
    public static final int MOST = 1_000;

    /** How many things are on a page when nobody says. */
    public static final String USUAL = "100";

    public Page {
        items = List.copyOf(items);
    }

    /** {@return a page with everything} */
    public static <T> Page<T> whole(List<T> items) {
        return new Page<>(items, null);
    }

    /**
     * Cuts a page out of a list.
     *
     * @param sorted all things, in ascending order of their keys
     * @param key unique key of a thing
     * @param limit the most things on the page, 1 to {@value #MOST}
     * @param cursor {@link #next} of the page before; null or empty for the first page
     * @throws SoleraException with {@link PlatformError#INVALID_REQUEST} if limit or cursor are not allowed
     */
    public static <T> Page<T> of(List<T> sorted, Function<T, String> key, int limit, @Nullable String cursor)
            throws SoleraException {
        checkLimit(limit);
        String after = decode(cursor);
        List<T> items = new ArrayList<>();
        for (T each : sorted) {
            if (!after.isEmpty() && key.apply(each).compareTo(after) <= 0) {
                continue;
            }
            if (items.size() == limit) {
                return new Page<>(items, encode(key.apply(items.get(limit - 1))));
            }
            items.add(each);
        }
        return new Page<>(items, null);
    }

    /** @throws SoleraException with {@link PlatformError#INVALID_REQUEST} if it is not 1 to {@value #MOST} */
    public static void checkLimit(int limit) throws SoleraException {
        if (limit < 1 || limit > MOST) {
            throw new SoleraException(
                    PlatformError.INVALID_REQUEST,
                    "The limit is %d.".formatted(limit),
                    "Choose one from 1 to %d.".formatted(MOST),
                    null);
        }
    }

    /** {@return the text that stands for this key in {@link #next}} */
    public static String encode(String key) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(key.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * {@return the key that a cursor stands for; empty for none}
     *
     * @throws SoleraException with {@link PlatformError#INVALID_REQUEST} if it is no cursor
     */
    public static String decode(@Nullable String cursor) throws SoleraException {
        if (cursor == null || cursor.isEmpty()) {
            return "";
        }
        try {
            return new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException damaged) {
            throw new SoleraException(
                    PlatformError.INVALID_REQUEST,
                    "The cursor is not one that was given out here.",
                    "Send the value of 'next' unchanged, or none.",
                    damaged);
        }
    }

    /** {@return the page with each thing in another form} */
    public <R> Page<R> map(Function<T, R> form) {
        return new Page<>(items.stream().map(form).toList(), next);
    }
}
