// SPDX-License-Identifier: Apache-2.0
package org.solera.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What no source file holds. */
class SourceRulesTest {
    private static final int MAX_LINES = 400;
    private static final String LICENSE = "// SPDX-License-Identifier: Apache-2.0\n";

    // Written in two halves, so that this file does not hold what it forbids.
    private static final Pattern UNFINISHED = Pattern.compile("\\b(TO" + "DO|FIX" + "ME|XX" + "X)\\b");
    private static final Pattern SLEEP = Pattern.compile("\\bThread\\.sl" + "eep\\(");
    private static final Pattern REGISTRY = Pattern.compile(
            "(repo1?|registry|index)\\.(ma" + "ven|npm" + "js|doc" + "ker)|pyp" + "i\\.org|gh" + "cr\\.io");
    private static final List<Path> TEXT_ROOTS = Stream.of(
                    "bundles", "hardware-profiles", "upgrade", "features", "appliance-image", "itests", "tools", "docs")
            .map(Path::of)
            .toList();
    private static final Pattern AUTHOR = Pattern.compile("@auth" + "or\\b");

    @Test
    void noFileIsLongerThanFourHundredLines() {
        List<String> tooLong = new ArrayList<>();
        for (Path file : House.javaFiles()) {
            long lines = House.read(file).lines().count();
            if (lines > MAX_LINES) {
                tooLong.add(name(file) + " has " + lines + " lines");
            }
        }
        assertEquals(List.of(), tooLong);
    }

    @Test
    void everyFileNamesItsLicenseFirst() {
        assertEquals(
                List.of(),
                House.javaFiles().stream()
                        .filter(file -> !House.read(file).startsWith(LICENSE))
                        .map(SourceRulesTest::name)
                        .toList());
    }

    @Test
    void nothingIsLeftForLater() {
        assertEquals(List.of(), filesWith(UNFINISHED, House.javaFiles()));
    }

    @Test
    void nobodySignsAFile() {
        assertEquals(List.of(), filesWith(AUTHOR, House.javaFiles()));
    }

    @Test
    void testsWaitForConditionsNotForTime() {
        List<Path> tests = House.javaFiles().stream()
                .filter(file -> file.toString().contains("/src/test/"))
                .toList();
        assertFalse(tests.isEmpty());
        assertEquals(List.of(), filesWith(SLEEP, tests));
    }

    @Test
    void noFileNamesARegistry() {
        List<Path> texts = new ArrayList<>();
        for (Path root : TEXT_ROOTS) {
            Stream.of(".java", ".xml", ".sh", ".md", ".json", ".cfg", ".properties", ".yaml")
                    .flatMap(suffix -> House.filesUnder(House.ROOT.resolve(root), suffix))
                    .filter(file -> !file.toString().contains("/target/"))
                    .filter(file -> !file.toString().contains("/node_modules/"))
                    .forEach(texts::add);
        }
        texts.add(House.ROOT.resolve("pom.xml"));
        assertEquals(List.of(), filesWith(REGISTRY, texts));
    }

    private static List<String> filesWith(Pattern pattern, List<Path> files) {
        return files.stream()
                .filter(file -> pattern.matcher(House.read(file)).find())
                .map(SourceRulesTest::name)
                .toList();
    }

    private static String name(Path file) {
        return House.ROOT.relativize(file).toString();
    }
}
