// SPDX-License-Identifier: Apache-2.0
package org.solera.hardware.binder.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.felix.resolver.Logger;
import org.apache.felix.resolver.ResolverImpl;
import org.apache.felix.utils.resource.CapabilityImpl;
import org.apache.felix.utils.resource.CapabilitySet;
import org.apache.felix.utils.resource.RequirementImpl;
import org.apache.felix.utils.resource.ResourceBuilder;
import org.apache.felix.utils.resource.ResourceImpl;
import org.apache.felix.utils.resource.SimpleFilter;
import org.junit.jupiter.api.Test;
import org.osgi.framework.BundleException;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.Version;
import org.osgi.resource.Capability;
import org.osgi.resource.Requirement;
import org.osgi.resource.Resource;
import org.osgi.resource.Wiring;
import org.osgi.service.resolver.HostedCapability;
import org.osgi.service.resolver.ResolutionException;
import org.osgi.service.resolver.ResolveContext;
import org.solera.hardware.api.Inventory;

/** Holds the notation against the parser of the features service, and the words against the resolver itself. */
class CapabilitiesTest {
    private static final String NEEDS_GPU = "solera.gpu;filter:=\"(&(vendor=nvidia)(vulkan>=1.3))\"";

    private static Profile profile() {
        return new Profile(
                "render-box",
                false,
                Map.of(),
                List.of(),
                List.of(new Profile.Extra("solera.role", Map.of("name", "render; or two", "rank", 3))),
                Map.of());
    }

    private static Capability parsed(String capability) throws BundleException {
        List<Capability> capabilities =
                ResourceBuilder.parseCapability(new ResourceImpl("box", "t", Version.emptyVersion), capability);
        assertEquals(1, capabilities.size());
        return capabilities.get(0);
    }

    @Test
    void writesOneCapabilityForTheBoxAndOneForEachDevice() {
        assertEquals(
                List.of(
                        "solera.box;arch=x86_64;profile=render-box;cores:Long=32;memory.bytes:Long=137438953472"
                                + ";board.vendor=\"Example Servers\";board.product=\"GS-2200; rev2\"",
                        "solera.gpu;index:Long=0;vendor=1a03;device=2000;driver=ast",
                        "solera.gpu;index:Long=1;vendor=nvidia;device=\"NVIDIA L4\";driver=nvidia"
                                + ";vulkan:Version=\"1.3\";encoder.h264=nvenc;encoder.hevc=nvenc",
                        "solera.role;name=\"render; or two\";rank:Long=3"),
                Capabilities.of(Boxes.render(), Optional.of(profile())));
    }

    @Test
    void leavesOutWhatIsNotTold() {
        Inventory box = Boxes.of("", 0, 0, List.of());

        assertTrue(Capabilities.of(box, Optional.empty()).get(0).startsWith("solera.box;profile=none;board.vendor="));
    }

    @Test
    void aBreathingBalloonIsNoChangeOfTheHardware() {
        List<String> before = Capabilities.of(Boxes.of("x86_64", 2, (4L << 30) + 1000, List.of()), Optional.empty());
        List<String> after =
                Capabilities.of(Boxes.of("x86_64", 2, (4L << 30) + 9_000_000, List.of()), Optional.empty());

        assertEquals(before, after);
    }

    @Test
    void theFeaturesServiceReadsTheTypesAndTheText() throws BundleException {
        List<String> written = Capabilities.of(Boxes.render(), Optional.of(profile()));

        Map<String, Object> box = parsed(written.get(0)).getAttributes();
        assertEquals(32L, box.get("cores"));
        assertEquals(128L << 30, box.get("memory.bytes"));
        assertEquals("GS-2200; rev2", box.get("board.product"));
        Map<String, Object> gpu = parsed(written.get(2)).getAttributes();
        assertEquals(new Version(1, 3, 0), gpu.get("vulkan"));
        assertEquals("nvenc", gpu.get("encoder.h264"));
        assertEquals("NVIDIA L4", gpu.get("device"));
        assertEquals("render; or two", parsed(written.get(3)).getAttributes().get("name"));
    }

    @Test
    void filtersOfFeaturesHoldByTheFacts() throws BundleException, InvalidSyntaxException {
        Map<String, Object> gpu = new HashMap<>(
                parsed(Capabilities.of(Boxes.render(), Optional.empty()).get(2)).getAttributes());

        for (String holds :
                List.of("(&(vendor=nvidia)(vulkan>=1.3))", "(encoder.h264=*)", "(|(vendor=amd)(device=NVIDIA L4))")) {
            assertTrue(CapabilitySet.matches(capability(gpu), SimpleFilter.parse(holds)), holds);
        }
        for (String fails : List.of("(vulkan>=1.4)", "(encoder.av1=*)", "(!(vendor=nvidia))")) {
            assertFalse(CapabilitySet.matches(capability(gpu), SimpleFilter.parse(fails)), fails);
        }
        assertTrue(FrameworkUtil.createFilter("(vulkan>=1.3)").matches(gpu));
    }

    private static Capability capability(Map<String, Object> attributes) {
        return new CapabilityImpl(
                new ResourceImpl("box", "t", Version.emptyVersion), "solera.gpu", Map.of(), attributes);
    }

    @Test
    void theResolverAcceptsAFeatureOnABoxWithAGpu() throws BundleException {
        assertEquals(Optional.empty(), refusal(Boxes.render()));
    }

    @Test
    void theResolversOwnWordsBecomePlainOnABoxWithoutAGpu() throws BundleException {
        String words = refusal(Boxes.small()).orElseThrow();

        assertEquals(
                "solera-render-gpu is off: needs a GPU with vendor nvidia and Vulkan 1.3 or later; this box has none"
                        + " (profile generic-x86_64). Add such a GPU, or use software rendering.",
                PlainWords.explain("solera-render-gpu", words, Boxes.small(), "generic-x86_64"));
    }

    /** {@return the words of the resolver when it refuses a feature that needs a GPU on a box} */
    private static Optional<String> refusal(Inventory box) throws BundleException {
        ResourceImpl hardware = new ResourceImpl("solera-hardware", "karaf.feature", new Version(1, 0, 0));
        for (String capability : Capabilities.of(box, Optional.empty())) {
            ResourceBuilder.parseCapability(hardware, capability).forEach(hardware::addCapability);
        }
        ResourceImpl feature = new ResourceImpl("solera-render-gpu", "karaf.feature", new Version(1, 0, 0));
        ResourceBuilder.parseRequirement(feature, NEEDS_GPU).forEach(feature::addRequirement);
        ResourceImpl root = new ResourceImpl("root", "karaf.subsystem", Version.emptyVersion);
        for (String name : List.of("solera-hardware", "solera-render-gpu")) {
            ResourceBuilder.parseRequirement(root, "osgi.identity;filter:=\"(osgi.identity=" + name + ")\"")
                    .forEach(root::addRequirement);
        }
        try {
            new ResolverImpl(new Logger(Logger.LOG_ERROR), Runnable::run)
                    .resolve(new World(root, List.of(root, hardware, feature)));
            return Optional.empty();
        } catch (ResolutionException refused) {
            return Optional.of(String.valueOf(refused.getMessage()));
        }
    }

    /** All there is for one resolution. */
    private static final class World extends ResolveContext {
        private final Resource root;
        private final List<Resource> resources;

        World(Resource root, List<Resource> resources) {
            this.root = root;
            this.resources = resources;
        }

        @Override
        public java.util.Collection<Resource> getMandatoryResources() {
            return List.of(root);
        }

        @Override
        public List<Capability> findProviders(Requirement requirement) {
            List<Capability> found = new ArrayList<>();
            SimpleFilter filter = ((RequirementImpl) requirement).getFilter();
            for (Resource resource : resources) {
                for (Capability capability : resource.getCapabilities(requirement.getNamespace())) {
                    if (CapabilitySet.matches(capability, filter)) {
                        found.add(capability);
                    }
                }
            }
            return found;
        }

        @Override
        public int insertHostedCapability(List<Capability> capabilities, HostedCapability hosted) {
            capabilities.add(hosted);
            return capabilities.size() - 1;
        }

        @Override
        public boolean isEffective(Requirement requirement) {
            return true;
        }

        @Override
        public Map<Resource, Wiring> getWirings() {
            return Map.of();
        }
    }
}
