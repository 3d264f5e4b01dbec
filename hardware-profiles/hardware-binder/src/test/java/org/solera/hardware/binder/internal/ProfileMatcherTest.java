// SPDX-License-Identifier: Apache-2.0
package org.solera.hardware.binder.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.solera.hardware.api.Inventory;
import org.solera.hardware.api.ProfileMatch;
import org.solera.hardware.binder.internal.Condition.Operator;

class ProfileMatcherTest {
    @TempDir
    Path added;

    private ProfileShelf.Content shipped() throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        try (var entries = Files.list(Path.of("../profiles"))) {
            for (Path file :
                    entries.filter(each -> each.toString().endsWith(".yaml")).toList()) {
                files.put(file.getFileName().toString(), Files.readAllBytes(file));
            }
        }
        return new ProfileShelf(files, added).read();
    }

    private static Profile profile(String name, boolean added, Condition... match) {
        return new Profile(name, added, Map.of(), List.of(match), List.of(), Map.of());
    }

    private static Condition is(Fact fact, String operand) {
        return new Condition(fact, Operator.IS, operand);
    }

    @Test
    void everyShippedProfileIsUsed() throws IOException {
        ProfileShelf.Content content = shipped();

        assertEquals(List.of(), content.problems());
        assertEquals(
                List.of("generic-aarch64", "generic-x86_64", "nvidia-x86_64"),
                content.profiles().stream().map(Profile::name).toList());
    }

    @Test
    void findsTheProfileOfEachKindOfBox() throws IOException {
        List<Profile> profiles = shipped().profiles();

        assertEquals("generic-x86_64", chosen(profiles, Boxes.small()));
        assertEquals("nvidia-x86_64", chosen(profiles, Boxes.render()));
        assertEquals("generic-aarch64", chosen(profiles, Boxes.of("aarch64", 8, 16L << 30, List.of())));
        assertEquals("none", chosen(profiles, Boxes.of("riscv64", 8, 16L << 30, List.of())));
    }

    private static String chosen(List<Profile> profiles, Inventory box) {
        return ProfileMatcher.match(profiles, box, "")
                .chosen()
                .map(Profile::name)
                .orElse("none");
    }

    @Test
    void keepsTheReasonsForAndAgainstEveryProfile() throws IOException {
        List<ProfileMatch> matches =
                ProfileMatcher.match(shipped().profiles(), Boxes.small(), "").matches();

        assertEquals(
                new ProfileMatch("generic-x86_64", true, 1, List.of("For: has architecture x86_64.")), matches.get(0));
        assertEquals(
                new ProfileMatch(
                        "nvidia-x86_64",
                        false,
                        5,
                        List.of(
                                "For: has architecture x86_64.",
                                "Against: needs a GPU with vendor nvidia; this box has none.",
                                "Against: needs a GPU with Vulkan 1.3 or later; this box has none.",
                                "Against: needs 4 cores or more; this box has 2.",
                                "Against: needs 8 GiB of memory or more; this box has 4 GiB.")),
                matches.get(1));
        assertEquals(
                List.of("Against: needs architecture aarch64; this box has x86_64."),
                matches.get(2).reasons());
    }

    @Test
    void conditionsOnAGpuHoldForOneAndTheSameDevice() {
        Profile both = profile(
                "both", false, is(Fact.GPU_VENDOR, "nvidia"), new Condition(Fact.GPU_VULKAN, Operator.AT_LEAST, "1.3"));
        Inventory split = Boxes.with(Boxes.gpu("nvidia", "a", "nvidia", "1.2"), Boxes.gpu("amd", "b", "amdgpu", "1.3"));
        Inventory one = Boxes.with(Boxes.gpu("amd", "b", "amdgpu", "1.3"), Boxes.gpu("nvidia", "a", "nvidia", "1.3"));

        ProfileMatch refused =
                ProfileMatcher.match(List.of(both), split, "").matches().get(0);

        assertFalse(refused.matches());
        assertEquals(
                "Against: needs a GPU with Vulkan 1.3 or later; found a (vendor nvidia, driver nvidia, Vulkan 1.2).",
                refused.reasons().get(1));
        assertEquals("both", chosen(List.of(both), one));
    }

    @Test
    void equalOnesAreDecidedByTheBoxThenByName() {
        Condition x86 = is(Fact.ARCHITECTURE, "x86_64");

        assertEquals("a", chosen(List.of(profile("b", false, x86), profile("a", false, x86)), Boxes.small()));
        assertEquals("b", chosen(List.of(profile("b", true, x86), profile("a", false, x86)), Boxes.small()));
        assertEquals(
                "a",
                chosen(
                        List.of(profile("b", true, x86), profile("a", false, x86, is(Fact.CPU_FEATURE, "avx2"))),
                        Boxes.small()));
    }

    @Test
    void aForcedProfileIsInForceThoughItDoesNotFit() {
        Profile fits = profile("fits", false, is(Fact.ARCHITECTURE, "x86_64"));
        Profile other = profile("other", false, is(Fact.ARCHITECTURE, "aarch64"));

        ProfileMatcher.Outcome outcome = ProfileMatcher.match(List.of(fits, other), Boxes.small(), "other");

        assertEquals("other", outcome.chosen().orElseThrow().name());
        ProfileMatch first = outcome.matches().get(0);
        assertFalse(first.matches());
        assertEquals(
                "In force because the configuration says so.", first.reasons().get(0));
        assertEquals(2, outcome.matches().size());
        assertEquals(
                "fits",
                ProfileMatcher.match(List.of(fits, other), Boxes.small(), "gone")
                        .chosen()
                        .orElseThrow()
                        .name());
    }

    @ParameterizedTest
    @CsvSource({"1.3,1.3,true", "1.10,1.9,true", "1.2,1.3,false", "'',1.0,false"})
    void versionsAreComparedAsVersions(String has, String needs, boolean holds) {
        Condition condition = new Condition(Fact.GPU_VULKAN, Operator.AT_LEAST, needs);

        assertEquals(holds, condition.holds(Fact.GPU_VULKAN.of(Boxes.gpu("v", "d", "d", has))));
    }

    @Test
    void expressionsMatchTheWholeFact() {
        Inventory box = Boxes.small();

        assertTrue(new Condition(Fact.BOARD_PRODUCT, Operator.MATCHES, "GS-\\d+.*").holds(Fact.BOARD_PRODUCT.of(box)));
        assertFalse(new Condition(Fact.BOARD_PRODUCT, Operator.MATCHES, "GS").holds(Fact.BOARD_PRODUCT.of(box)));
    }

    @Test
    void anAddedFileReplacesAShippedProfileAndABrokenOneIsNamed() throws IOException {
        Files.writeString(
                added.resolve("mine.yaml"),
                "name: generic-x86_64\ndescription: {en: Mine, zh-CN: 我的}\nmatch: [{fact: architecture, is: x86_64}]\n");
        Files.writeString(added.resolve("broken.yaml"), "name: Broken Name\n");
        Files.writeString(added.resolve("note.txt"), "not a profile");

        ProfileShelf.Content content = shipped();

        assertEquals(3, content.profiles().size());
        assertEquals("Mine", content.profiles().get(1).description().get("en"));
        assertEquals(1, content.problems().size());
        assertTrue(
                content.problems().get(0).contains("broken.yaml: name: "),
                content.problems().toString());
    }
}
