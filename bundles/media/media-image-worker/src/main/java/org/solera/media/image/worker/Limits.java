// SPDX-License-Identifier: Apache-2.0
package org.solera.media.image.worker;

import java.util.HashMap;
import java.util.Map;

/**
 * How much a worker takes on.
 *
 * @param maxSourceBytes largest source, in bytes
 * @param maxPixels most pixels of a source, all decoded frames together
 * @param maxFrames most frames of an animation that stays one
 * @param maxResultPixels most pixels of a result, all frames together
 * @param maxResultBytes largest result, in bytes
 */
record Limits(long maxSourceBytes, long maxPixels, int maxFrames, long maxResultPixels, long maxResultBytes) {
    /** {@return limits from arguments of the form {@code name=number}; what is not named has its default} */
    static Limits parse(String[] arguments) {
        Map<String, Long> named = new HashMap<>();
        for (String argument : arguments) {
            int equals = argument.indexOf('=');
            if (equals < 0) {
                throw new IllegalArgumentException("argument without value: " + argument);
            }
            named.put(argument.substring(0, equals), Long.parseLong(argument.substring(equals + 1)));
        }
        return new Limits(
                named.getOrDefault("maxSourceBytes", 64L << 20),
                named.getOrDefault("maxPixels", 100_000_000L),
                Math.toIntExact(named.getOrDefault("maxFrames", 100L)),
                named.getOrDefault("maxResultPixels", 64_000_000L),
                named.getOrDefault("maxResultBytes", 32L << 20));
    }
}
