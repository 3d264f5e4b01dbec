// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.shell.internal.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineTest {
    private static String resolve(String word) {
        return Map.of("list", "bundle:list", "stop", "bundle:stop", "cat", "shell:cat")
                .getOrDefault(word, word);
    }

    private static Optional<String> change(String line) {
        return CommandLine.change(line, CommandLineTest::resolve);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "platform:health",
                "  platform:health  | grep 'a > b' ; users:list",
                "list",
                "cat x",
                "help",
                "*:help bundle:stop | more",
                "bundle:stop --help",
                "",
                "   ",
                "# bundle:stop 1",
                "audit:search --text \"a;bundle:stop 1\"",
                "each [1 2] { bundle:info $it }",
                "platform:certificate"
            })
    void readingIsNoChange(String line) {
        assertEquals(Optional.empty(), change(line), line);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {
                "bundle:stop 12!bundle:stop",
                "stop 12!bundle:stop",
                "platform:health; bundle:stop 12!bundle:stop",
                "bundle:list | bundle:stop!bundle:stop",
                "each [1 2] { bundle:stop $it }!bundle:stop",
                "if { true } { users:delete anna }!users:delete",
                "platform:certificate --reload!platform:certificate",
                "x = (bundle:stop 1)!x",
                "platform:health && bundle:stop 1!bundle:stop",
                "'bundle:stop' 1!bundle:stop",
                "bundle\\:stop 1!bundle:stop",
                "$cmd 1!$cmd",
                "unknown!unknown",
                "platform:health > /etc/x!platform:health",
                "platform:health%bundle:stop 1!bundle:stop",
                "audit:export f!audit:export",
                "($.context getBundle 5) stop!$.context",
                "hardware:probe!hardware:probe"
            })
    void everythingElseIsAChange(String line, String command) {
        assertEquals(Optional.of(command), change(line.replace('%', '\n')), line);
    }

    @Test
    void wordsKeepTheirQuotedSpaces() {
        assertEquals(List.of(List.of("a:b", "c d", "e\"f")), CommandLine.statements("a:b 'c d' \"e\\\"f\""));
        assertTrue(CommandLine.statements("'open").size() <= 1);
    }
}
