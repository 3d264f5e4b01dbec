// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.api;

import java.util.Locale;

/**
 * Where a grant holds: everywhere, or for one bucket or live hub only. As text {@code *}, {@code bucket:photos} or
 * {@code hub:stage}.
 *
 * @param kind what is named
 * @param name the bucket or hub; {@code *} for {@link Kind#EVERYWHERE}
 */
public record Scope(Kind kind, String name) {
    /** The whole appliance. */
    public static final Scope EVERYWHERE = new Scope(Kind.EVERYWHERE, "*");

    /** What a scope names. */
    public enum Kind {
        EVERYWHERE,
        BUCKET,
        HUB
    }

    /** @throws IllegalArgumentException if the name is empty or longer than 255 characters or holds a line break or comma */
    public Scope {
        if (name.isEmpty() || name.length() > 255 || name.chars().anyMatch(c -> c < ' ' || c == ',')) {
            throw new IllegalArgumentException("The name of a scope has 1 to 255 characters, no comma and no control.");
        }
        if ((kind == Kind.EVERYWHERE) != name.equals("*")) {
            throw new IllegalArgumentException("Only the scope of everything is named '*'.");
        }
    }

    /** {@return the scope of one bucket} */
    public static Scope bucket(String name) {
        return new Scope(Kind.BUCKET, name);
    }

    /** {@return the scope of one live hub} */
    public static Scope hub(String name) {
        return new Scope(Kind.HUB, name);
    }

    /**
     * Reads the text form.
     *
     * @throws IllegalArgumentException if the text is none
     */
    public static Scope parse(String text) {
        if (text.equals("*")) {
            return EVERYWHERE;
        }
        int colon = text.indexOf(':');
        if (colon < 0) {
            throw new IllegalArgumentException("A scope is written '*', 'bucket:NAME' or 'hub:NAME'.");
        }
        return switch (text.substring(0, colon)) {
            case "bucket" -> bucket(text.substring(colon + 1));
            case "hub" -> hub(text.substring(colon + 1));
            default -> throw new IllegalArgumentException("A scope is written '*', 'bucket:NAME' or 'hub:NAME'.");
        };
    }

    /** {@return whether what holds here holds there too} */
    public boolean covers(Scope other) {
        return kind == Kind.EVERYWHERE || equals(other);
    }

    @Override
    public String toString() {
        return kind == Kind.EVERYWHERE ? "*" : kind.name().toLowerCase(Locale.ROOT) + ":" + name;
    }
}
