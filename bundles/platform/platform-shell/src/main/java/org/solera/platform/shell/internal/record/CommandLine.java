// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.shell.internal.record;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * What a line of the shell does. A line only reads if every command in it is known to, at every depth of {@code { }},
 * {@code ( )}, pipes and sequences, and it writes no file; everything else counts as a change.
 */
final class CommandLine {
    /** Commands that only read, by scope. A star stands for the whole scope. */
    private static final Map<String, Set<String>> READING = Map.ofEntries(
            Map.entry("audit", Set.of("verify", "search")),
            Map.entry("backup", Set.of("list", "check")),
            Map.entry(
                    "bundle",
                    Set.of(
                            "capabilities",
                            "classes",
                            "diag",
                            "dynamic-import",
                            "find-class",
                            "headers",
                            "id",
                            "info",
                            "list",
                            "requirements",
                            "services",
                            "show-tree",
                            "status",
                            "tree-show")),
            Map.entry("config", Set.of("list", "exists", "property-list", "property-get", "meta")),
            Map.entry("feature", Set.of("info", "list", "repo-list", "required", "regions", "status", "version-list")),
            Map.entry("hardware", Set.of("features", "profile", "explain", "record", "show")),
            Map.entry("jaas", Set.of("realm-list", "user-list", "group-list", "pending-list", "whoami")),
            Map.entry("log", Set.of("display", "exception-display", "get", "list", "tail")),
            Map.entry("media", Set.of("workers", "operations", "probe")),
            Map.entry("notices", Set.of("list")),
            Map.entry("operations", Set.of("list")),
            Map.entry("package", Set.of("exports", "imports")),
            Map.entry("platform", Set.of("health", "bundles", "ports", "owners", "drain", "certificate")),
            Map.entry("scr", Set.of("list", "info", "details", "components", "config")),
            Map.entry("service", Set.of("list", "wait")),
            Map.entry("settings", Set.of("list", "get")),
            Map.entry(
                    "shell",
                    Set.of(
                            "cat",
                            "clear",
                            "completion",
                            "date",
                            "each",
                            "echo",
                            "env",
                            "exit",
                            "for",
                            "grep",
                            "head",
                            "help",
                            "history",
                            "if",
                            "info",
                            "less",
                            "logout",
                            "man",
                            "more",
                            "printf",
                            "set",
                            "sleep",
                            "sort",
                            "stack-traces-print",
                            "tail",
                            "threads",
                            "ttop",
                            "type",
                            "watch",
                            "wc",
                            "while",
                            "whoami")),
            Map.entry("storage", Set.of("ls", "buckets", "drives", "usage")),
            Map.entry("system", Set.of("version", "framework")),
            Map.entry("upgrade", Set.of("installed", "history", "repositories", "plan")),
            Map.entry("users", Set.of("list", "groups", "tokens", "keys", "sessions")));

    /** Words that are no commands of a scope. */
    private static final Set<String> PLAIN = Set.of(
            "help",
            "man",
            "exit",
            "logout",
            "quit",
            "clear",
            "history",
            "echo",
            "grep",
            "more",
            "less",
            "head",
            "tail",
            "wc",
            "sort",
            "date",
            "ld",
            "lde",
            "la",
            "ls",
            "cl",
            "env",
            "info",
            "log:list",
            "if",
            "each",
            "for",
            "while",
            "not",
            "true",
            "false");

    /** Options that make a reading command change something. */
    private static final Map<String, String> CHANGING = Map.of("platform:certificate", "--reload");

    private static final String ENDS = ";|\n\r&{}()";

    private CommandLine() {}

    /**
     * {@return the name of the first command that may change something; empty if none does}
     *
     * @param resolve full name {@code scope:name} of a command as typed
     */
    static Optional<String> change(String line, UnaryOperator<String> resolve) {
        if (line.indexOf('>') >= 0 && unquoted(line).indexOf('>') >= 0) {
            return Optional.of(statements(line).stream()
                    .findFirst()
                    .map(each -> full(each.get(0), resolve))
                    .orElse("shell:redirect"));
        }
        for (List<String> statement : statements(line)) {
            String name = full(statement.get(0), resolve);
            if (!reads(name, statement)) {
                return Optional.of(name);
            }
        }
        return Optional.empty();
    }

    /** {@return whether the word is a command of a scope known here, whoever may see it} */
    static boolean ofTheProduct(String word) {
        int colon = word.indexOf(':');
        return colon > 0 && READING.containsKey(word.substring(0, colon));
    }

    private static String full(String word, UnaryOperator<String> resolve) {
        return word.indexOf(':') > 0 || PLAIN.contains(word) ? word : resolve.apply(word);
    }

    private static boolean reads(String name, List<String> words) {
        String plain = name.startsWith("*:") ? name.substring(2) : name;
        if (words.contains("--help") || PLAIN.contains(plain)) {
            return true;
        }
        int colon = plain.indexOf(':');
        return colon > 0
                && READING.getOrDefault(plain.substring(0, colon), Set.of()).contains(plain.substring(colon + 1))
                && !words.contains(CHANGING.getOrDefault(plain, "\n"));
    }

    /** {@return the line with what stands in quotes left out} */
    private static String unquoted(String line) {
        StringBuilder rest = new StringBuilder();
        char quote = 0;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '\\' && quote != '\'') {
                i++;
            } else if (quote != 0) {
                quote = c == quote ? 0 : quote;
            } else if (c == '"' || c == '\'') {
                quote = c;
            } else {
                rest.append(c);
            }
        }
        return rest.toString();
    }

    /** {@return the words of each statement, at every depth; statements without words are left out} */
    static List<List<String>> statements(String line) {
        List<List<String>> statements = new ArrayList<>();
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        char quote = 0;
        for (int i = 0; i <= line.length(); i++) {
            char c = i == line.length() ? ';' : line.charAt(i);
            if (quote != 0 && i < line.length()) {
                if (c == quote) {
                    quote = 0;
                } else if (c == '\\' && quote == '"' && i + 1 < line.length()) {
                    word.append(line.charAt(++i));
                } else {
                    word.append(c);
                }
            } else if (c == '"' || c == '\'') {
                quote = c;
            } else if (c == '\\' && i + 1 < line.length()) {
                word.append(line.charAt(++i));
            } else if (Character.isWhitespace(c) && ENDS.indexOf(c) < 0) {
                end(word, words);
            } else if (ENDS.indexOf(c) >= 0) {
                end(word, words);
                if (!words.isEmpty() && !words.get(0).startsWith("#")) {
                    statements.add(words);
                }
                words = new ArrayList<>();
            } else {
                word.append(c);
            }
        }
        return statements;
    }

    private static void end(StringBuilder word, List<String> words) {
        if (word.length() > 0) {
            words.add(word.toString());
            word.setLength(0);
        }
    }
}
