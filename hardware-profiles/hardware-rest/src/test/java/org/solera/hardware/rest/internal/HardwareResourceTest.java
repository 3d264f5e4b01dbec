// SPDX-License-Identifier: Apache-2.0
package org.solera.hardware.rest.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Method;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import javax.annotation.security.PermitAll;
import javax.annotation.security.RolesAllowed;
import org.junit.jupiter.api.Test;
import org.solera.hardware.api.HardwareService;
import org.solera.hardware.api.Inventory;
import org.solera.hardware.api.ProfileMatch;
import org.solera.platform.api.PlatformError;
import org.solera.platform.api.Role;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.access.Action;
import org.solera.platform.api.access.Domain;
import org.solera.platform.api.access.Permissions;

class HardwareResourceTest {
    private final HardwareRestModule module = new HardwareRestModule();
    private final HardwareResource resource =
            (HardwareResource) module.resources().iterator().next();

    @Test
    void tellsTheInventoryWithoutLoss() throws SoleraException {
        module.bindHardware(new Box(), Map.of());

        InventoryDto told = resource.inventory();

        assertEquals("x86_64", told.architecture());
        assertEquals("/", told.source());
        assertEquals(4L << 30, told.memoryBytes());
        assertEquals(
                new InventoryDto.BlockDeviceDto("vda", 100, true, "M"),
                told.blockDevices().get(0));
        assertEquals(
                new InventoryDto.NetworkInterfaceDto("eth0", "02:00:00:00:00:01", 1000, "d"),
                told.networkInterfaces().get(0));
        assertEquals(
                new InventoryDto.GpuDto(
                        "0000:01:00.0", "amd", "744c", "amdgpu", "/dev/dri/renderD128", "1.3", List.of("h264=vaapi")),
                told.gpus().get(0));
    }

    @Test
    void tellsTheProfileAndWhatAPersonSetByHand() throws SoleraException {
        module.bindHardware(new Box(), Map.of());

        ProfileDto told = resource.profile();

        assertEquals("generic-x86_64", told.name());
        assertEquals(
                List.of("For: has architecture x86_64."), told.matches().get(0).reasons());
        assertEquals(
                new ProfileDto.TuningDto("solera.a", "k", "1", "2", "KEPT_BY_HAND"),
                told.tuning().get(0));
    }

    @Test
    void tellsWhyAFeatureIsOff() throws SoleraException {
        module.bindHardware(new Box(), Map.of());

        assertEquals(new FeatureDto("solera-x", false, false, "solera-x is off."), resource.feature("solera-x"));
        assertEquals(1, resource.features().size());
    }

    @Test
    void passesOnThatAFeatureIsNotKnown() {
        module.bindHardware(new Box(), Map.of());

        SoleraException refused = assertThrows(SoleraException.class, () -> resource.feature("other"));

        assertSame(PlatformError.NOT_FOUND, refused.code());
    }

    /** What is not said here is decided by the table of permissions: whoever reads the domain, or changes it. */
    @Test
    void theTableOfPermissionsDecides() {
        for (Method method : HardwareResource.class.getDeclaredMethods()) {
            assertNull(method.getAnnotation(RolesAllowed.class), method.getName());
            assertNull(method.getAnnotation(PermitAll.class), method.getName());
        }
        assertTrue(Permissions.allows(Role.ENGINEER, Domain.HARDWARE, Action.CHANGE));
        assertFalse(Permissions.allows(Role.OPERATOR, Domain.HARDWARE, Action.CHANGE));
    }

    @Test
    void aNewerServiceAnswersAfterASwap() throws SoleraException {
        HardwareService old = new Box();
        HardwareService next = new Box() {
            @Override
            public String profile() {
                return "next";
            }
        };
        module.bindHardware(old, Map.of("service.bundleid", 1L));
        module.bindHardware(next, Map.of("service.bundleid", 2L));
        module.unbindHardware(old);

        assertEquals("next", resource.profile().name());
    }

    private static class Box implements HardwareService {
        @Override
        public Inventory inventory() {
            return new Inventory(
                    Instant.EPOCH,
                    "/",
                    "x86_64",
                    new Inventory.Board("", "", List.of()),
                    new Inventory.Cpu("C", 2, List.of("sse2")),
                    4L << 30,
                    List.of(new Inventory.Gpu(
                            "0000:01:00.0",
                            "amd",
                            "744c",
                            "amdgpu",
                            "/dev/dri/renderD128",
                            "1.3",
                            List.of("h264=vaapi"))),
                    List.of(new Inventory.BlockDevice("vda", 100, true, "M")),
                    List.of(new Inventory.NetworkInterface("eth0", "02:00:00:00:00:01", 1000, "d")));
        }

        @Override
        public String profile() {
            return "generic-x86_64";
        }

        @Override
        public Map<String, String> description() {
            return Map.of("en", "Any");
        }

        @Override
        public List<ProfileMatch> matches() {
            return List.of(new ProfileMatch("generic-x86_64", true, 1, List.of("For: has architecture x86_64.")));
        }

        @Override
        public List<String> capabilities() {
            return List.of("solera.box;arch=x86_64");
        }

        @Override
        public List<Tuning> tuning() {
            return List.of(new Tuning("solera.a", "k", "1", "2", TuningState.KEPT_BY_HAND));
        }

        @Override
        public List<String> problems() {
            return List.of();
        }

        @Override
        public List<FeatureVerdict> features() throws SoleraException {
            return List.of(judge("solera-x"));
        }

        @Override
        public FeatureVerdict judge(String feature) throws SoleraException {
            if (!feature.equals("solera-x")) {
                throw new SoleraException(PlatformError.NOT_FOUND, "No " + feature, "", null);
            }
            return new FeatureVerdict("solera-x", false, false, "solera-x is off.");
        }

        @Override
        public Inventory probe() {
            return inventory();
        }
    }
}
