// SPDX-License-Identifier: Apache-2.0
package org.solera.hardware.binder.internal;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A requirement that nothing meets, as the resolver names it. Immutable.
 *
 * <pre>
 * Unable to resolve root: missing requirement [root] osgi.identity; osgi.identity=a; … [caused by:
 *   Unable to resolve a/1.0.0: missing requirement [a/1.0.0] solera.gpu; filter:="(vendor=nvidia)"]
 * </pre>
 *
 * @param owner the feature or bundle that requires it
 * @param namespace namespace of the requirement
 * @param filter its filter; empty when it has none
 * @param details the requirement as the resolver wrote it, without the namespace
 */
record MissingRequirement(String owner, String namespace, String filter, String details) {
    private static final Pattern START =
            Pattern.compile("missing requirement \\[([^\\]\\n]{1,300})\\]\\s+([A-Za-z0-9_.-]{1,200})");
    private static final Pattern FILTER = Pattern.compile("filter:=\"((?:[^\"\\\\]|\\\\.)*+)\"");
    private static final Pattern BARE_FILTER = Pattern.compile("filter:=(\\(.*\\))");
    private static final String NEXT = "[caused by:";

    /**
     * Finds the requirement that is the cause of all others: the innermost one.
     *
     * @param words what the resolver says
     */
    static Optional<MissingRequirement> innermost(String words) {
        Matcher start = START.matcher(words);
        int from = -1;
        String owner = "";
        String namespace = "";
        while (start.find()) {
            from = start.end();
            owner = start.group(1).strip();
            namespace = start.group(2);
        }
        if (from < 0) {
            return Optional.empty();
        }
        int next = words.indexOf(NEXT, from);
        String details = words.substring(from, next < 0 ? words.length() : next);
        return Optional.of(new MissingRequirement(owner, namespace, filter(details), details.strip()));
    }

    private static String filter(String details) {
        Matcher quoted = FILTER.matcher(details);
        if (quoted.find()) {
            // In quotes the notation escapes quotes and backslashes once more.
            return quoted.group(1).replaceAll("\\\\([\"\\\\])", "$1");
        }
        Matcher bare = BARE_FILTER.matcher(details);
        return bare.find() ? bare.group(1) : "";
    }
}
