// SPDX-License-Identifier: Apache-2.0
package org.solera.storage.engine.internal;

import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** The unique name of a body file. Immutable. */
record BodyId(long high, long low) {
    private static final Pattern FORM = Pattern.compile("[0-9a-f]{32}");

    static BodyId random() {
        UUID random = UUID.randomUUID();
        return new BodyId(random.getMostSignificantBits(), random.getLeastSignificantBits());
    }

    /** {@return the id with this name, if it is one; nothing else ever becomes part of a path} */
    static Optional<BodyId> parse(String name) {
        if (!FORM.matcher(name).matches()) {
            return Optional.empty();
        }
        return Optional.of(
                new BodyId(Long.parseUnsignedLong(name, 0, 16, 16), Long.parseUnsignedLong(name, 16, 32, 16)));
    }

    @Override
    public String toString() {
        return "%016x%016x".formatted(high, low);
    }
}
