// SPDX-License-Identifier: Apache-2.0
package org.solera.hardware.binder.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PlainWordsTest {
    private static String identity(String feature) {
        return "Unable to resolve root: missing requirement [root] osgi.identity; osgi.identity=%1$s; type=karaf.feature; version=\"[1.0.0,1.0.0]\"; filter:=\"(&(osgi.identity=%1$s)(type=karaf.feature)(version>=1.0.0)(version<=1.0.0))\""
                .formatted(feature);
    }

    private static String nested(String feature, String requirement) {
        return identity(feature)
                + " [caused by: Unable to resolve %1$s/1.0.0: missing requirement [%1$s/1.0.0] %2$s]"
                        .formatted(feature, requirement);
    }

    private static final String GPU = "solera.gpu; filter:=\"(&(vendor=nvidia)(vulkan>=1.3))\"";

    @Test
    void saysThatABoxWithoutAGpuNeedsOne() {
        assertEquals(
                "solera-render-gpu is off: needs a GPU with vendor nvidia and Vulkan 1.3 or later; this box has none"
                        + " (profile generic-x86_64). Add such a GPU, or use software rendering.",
                PlainWords.explain(
                        "solera-render-gpu", nested("solera-render-gpu", GPU), Boxes.small(), "generic-x86_64"));
    }

    @Test
    void namesTheGpuThatIsNotEnough() {
        assertEquals(
                "solera-media-gpu is off: needs a GPU with vendor nvidia and Vulkan 1.3 or later; this box has only"
                        + " 744c (vendor amd, driver amdgpu, Vulkan 1.2) (profile generic-x86_64). Add such a GPU.",
                PlainWords.explain(
                        "solera-media-gpu",
                        nested("solera-media-gpu", GPU),
                        Boxes.with(Boxes.gpu("amd", "744c", "amdgpu", "1.2")),
                        "generic-x86_64"));
    }

    @Test
    void namesTheArchitectureThatABoxDoesNotHave() {
        assertEquals(
                "solera-arm is off: needs a box with architecture aarch64; this one has architecture x86_64, 2 cores,"
                        + " 4 GiB of memory, no GPU (profile generic-x86_64). Run it on such a box.",
                PlainWords.explain(
                        "solera-arm",
                        nested("solera-arm", "solera.box; filter:=\"(arch=aarch64)\""),
                        Boxes.small(),
                        "generic-x86_64"));
    }

    @Test
    void namesTheLicenseThatIsMissing() {
        assertEquals(
                "solera-live is off: needs a license for an entitlement with feature live and state in-force; none that"
                        + " is in force here covers it. Install such a license.",
                PlainWords.explain(
                        "solera-live",
                        nested("solera-live", "solera.entitlement; filter:=\"(&(feature=live)(state=in-force))\""),
                        Boxes.small(),
                        "p"));
    }

    @Test
    void namesTheBundleInsideTheFeatureThatMissesAPackage() {
        String words = identity("solera-live")
                + " [caused by: Unable to resolve solera-live/1.0.0: missing requirement [solera-live/1.0.0]"
                + " osgi.identity; osgi.identity=org.solera.live.hub; type=osgi.bundle; version=\"[1.0.0,1.0.0]\";"
                + " resolution:=mandatory [caused by: Unable to resolve org.solera.live.hub/1.0.0: missing requirement"
                + " [org.solera.live.hub/1.0.0] osgi.wiring.package;"
                + " filter:=\"(&(osgi.wiring.package=org.solera.live.api)(version>=1.0.0)(!(version>=2.0.0)))\"]]";

        assertEquals(
                "solera-live is off: its part org.solera.live.hub needs the Java package org.solera.live.api, version"
                        + " 1.0.0 or later and version below 2.0.0; nothing here offers it. Install the bundle that"
                        + " does.",
                PlainWords.explain("solera-live", words, Boxes.small(), "p"));
    }

    @Test
    void namesAServiceAndACapabilityOfNobody() {
        assertTrue(PlainWords.explain(
                        "solera-a",
                        nested("solera-a", "osgi.service; effective:=active; filter:=\"(objectClass=org.x.Y)\""),
                        Boxes.small(),
                        "p")
                .startsWith("solera-a is off: needs the service org.x.Y; nothing installed offers it."));
        assertEquals(
                "solera-a is off: needs the capability solera.role with name render; nothing here offers it. Install"
                        + " what does.",
                PlainWords.explain(
                        "solera-a", nested("solera-a", "solera.role; filter:=\"(name=render)\""), Boxes.small(), "p"));
    }

    @Test
    void namesAFeatureThatNoRepositoryHas() {
        assertEquals(
                "solera-b is off: needs solera-b, version 1.0.0 or later and version 1.0.0 at most; no feature"
                        + " repository that is known here has it. Add the repository that does.",
                PlainWords.explain("solera-b", identity("solera-b"), Boxes.small(), "p"));
    }

    @Test
    void aRequirementWithoutAFilterAsksForAny() {
        assertTrue(PlainWords.explain("solera-c", nested("solera-c", "solera.gpu"), Boxes.small(), "p")
                .startsWith("solera-c is off: needs a GPU; this box has none (profile p)."));
    }

    @Test
    void keepsTheResolversWordsWhenItCannotReadThem() {
        String words = "Uses constraint violation.\n  Unable to resolve resource x " + "y".repeat(5000);

        String told = PlainWords.explain("solera-d", words, Boxes.small(), "p");

        assertTrue(
                told.startsWith("solera-d is off: the resolver refuses it. It says: Uses constraint violation. Unable"),
                told);
        assertTrue(told.length() < 800, told);
    }

    @Test
    void readsAFilterWithQuotesEscapedAndOneWithoutQuotes() {
        assertEquals(
                Optional.of("(device=a\"b)"),
                MissingRequirement.innermost("missing requirement [x] solera.gpu; filter:=\"(device=a\\\"b)\"")
                        .map(MissingRequirement::filter));
        assertEquals(
                Optional.of("(vendor=amd)"),
                MissingRequirement.innermost("missing requirement [x] solera.gpu;filter:=(vendor=amd)]")
                        .map(MissingRequirement::filter));
        assertEquals(Optional.empty(), MissingRequirement.innermost("all is well"));
    }

    @Test
    void severalGpusAreAllNamed() {
        String told = PlainWords.explain(
                "solera-e",
                nested("solera-e", GPU),
                Boxes.with(Boxes.gpu("nvidia", "1eb8", "nouveau", ""), Boxes.gpu("1a03", "2000", "ast", "")),
                "p");

        assertTrue(
                told.contains("this box has only 1eb8 (vendor nvidia, driver nouveau, no Vulkan), 2000 (vendor 1a03,"),
                told);
        assertEquals(List.of(), Boxes.small().gpus());
    }
}
