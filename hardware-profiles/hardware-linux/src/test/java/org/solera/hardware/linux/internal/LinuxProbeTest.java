// SPDX-License-Identifier: Apache-2.0
package org.solera.hardware.linux.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.solera.hardware.api.Inventory;
import org.solera.hardware.api.Inventory.BlockDevice;
import org.solera.hardware.api.Inventory.Board;
import org.solera.hardware.api.Inventory.Gpu;
import org.solera.hardware.api.Inventory.NetworkInterface;
import org.solera.platform.api.HealthReport;
import org.solera.platform.api.PlatformError;
import org.solera.platform.api.SoleraException;

class LinuxProbeTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-03-01T12:00:00Z"), ZoneOffset.UTC);

    @TempDir
    Path scratch;

    private static LinuxProbe box(String name) {
        return new LinuxProbe(Path.of("src/test/resources/boxes", name), CLOCK);
    }

    @Test
    void readsAVirtualMachineWithoutAGpu() {
        Inventory found = box("vm-x86_64").probe();

        assertEquals("x86_64", found.architecture());
        assertEquals(new Board("QEMU", "Standard PC (Q35 + ICH9, 2009)", List.of()), found.board());
        assertEquals("Intel(R) Xeon(R) Gold 6226R CPU @ 2.90GHz", found.cpu().model());
        assertEquals(2, found.cpu().logicalCores());
        assertTrue(found.cpu().features().contains("avx2"));
        assertEquals(4_030_452L * 1024, found.memoryBytes());
        assertEquals(List.of(), found.gpus());
        assertEquals(List.of(new BlockDevice("vda", 21_474_836_480L, true, "")), found.blockDevices());
        assertEquals(
                List.of(new NetworkInterface("ens3", "52:54:00:12:34:56", 0, "virtio_net")), found.networkInterfaces());
        assertEquals(CLOCK.instant(), found.probed());
        assertFalse(found.live());
    }

    @Test
    void readsAServerWithTwoCardsAndTheGraphicsOfItsManagementController() {
        Inventory found = box("gpu-x86_64").probe();

        List<String> encoders = List.of("h264=nvenc", "hevc=nvenc");
        assertEquals(
                List.of(
                        new Gpu("0000:03:00.0", "1a03", "2000", "ast", "", "", List.of()),
                        new Gpu(
                                "0000:17:00.0",
                                "nvidia",
                                "NVIDIA L4",
                                "nvidia",
                                "/dev/dri/renderD128",
                                "1.3",
                                encoders),
                        new Gpu(
                                "0000:65:00.0",
                                "nvidia",
                                "NVIDIA L40S",
                                "nvidia",
                                "/dev/dri/renderD129",
                                "1.3",
                                encoders)),
                found.gpus());
        assertEquals(32, found.cpu().logicalCores());
        assertEquals(
                List.of(
                        new BlockDevice("nvme0n1", 7_501_476_528L * 512, false, "EXAMPLE NV-3840"),
                        new BlockDevice("sda", 31_251_759_104L * 512, true, "EXAMPLE HD-16T")),
                found.blockDevices());
        assertEquals(100_000, found.networkInterfaces().get(0).speedMbps());
    }

    @Test
    void readsABoardWithADeviceTreeAndNoDmi() {
        Inventory found = box("board-aarch64").probe();

        assertEquals("aarch64", found.architecture());
        assertEquals(
                new Board("", "Example Storage Board", List.of("example,storage-board", "rockchip,rk3588")),
                found.board());
        assertEquals("implementer 0x41 part 0xd0b", found.cpu().model());
        assertEquals(8, found.cpu().logicalCores());
        assertTrue(found.cpu().features().contains("asimd"));
        assertEquals(
                List.of(new Gpu("", "rockchip", "rk3588-mali", "panthor", "/dev/dri/renderD128", "1.1", List.of())),
                found.gpus());
    }

    @Test
    void readsAContainerThatTellsAlmostNothing() {
        Inventory found = box("container").probe();

        assertEquals("x86_64", found.architecture());
        assertEquals(new Board("", "", List.of()), found.board());
        assertEquals(1, found.cpu().logicalCores());
        assertEquals(0, found.memoryBytes());
        assertEquals(List.of(), found.gpus());
        assertEquals(List.of(), found.blockDevices());
        assertEquals(List.of(), found.networkInterfaces());
    }

    @Test
    void takesNothingForAFactThatIsNone() {
        Inventory found = box("garbage").probe();

        assertEquals("", found.architecture());
        assertEquals(new Board("", "BadName", List.of()), found.board());
        assertEquals("", found.cpu().model());
        assertEquals(0, found.cpu().logicalCores());
        assertEquals(0, found.memoryBytes());
        assertEquals(List.of(new Gpu("0000:01:00.0", "nvidia", "", "", "", "", List.of())), found.gpus());
        assertEquals(List.of(), found.blockDevices());
        assertEquals(List.of(new NetworkInterface("eth0", "", 0, "e1000")), found.networkInterfaces());
    }

    @Test
    void readsTheMachineThatItRunsOn() {
        Inventory found = new LinuxProbe(Path.of("/"), CLOCK).probe();

        assertTrue(found.live());
        assertTrue(found.cpu().logicalCores() > 0, found.toString());
        assertTrue(found.memoryBytes() > 64L << 20, found.toString());
        assertFalse(found.architecture().isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"vm-x86_64", "gpu-x86_64", "board-aarch64", "container", "garbage"})
    void aRecordTellsTheSameAsTheMachine(String name) throws SoleraException {
        Path copy = scratch.resolve("copy");
        LinuxProbe machine = box(name);

        assertTrue(machine.record(copy).files() > 0);

        assertEquals(facts(machine.probe()), facts(new LinuxProbe(copy, CLOCK).probe()));
    }

    @Test
    void aRecordOfThisMachineTellsTheSameAndHoldsNoLinks() throws SoleraException, IOException {
        Path copy = scratch.resolve("this");
        LinuxProbe machine = new LinuxProbe(Path.of("/"), CLOCK);

        machine.record(copy);

        Inventory replayed = new LinuxProbe(copy, CLOCK).probe();
        assertEquals(machine.probe().architecture(), replayed.architecture());
        assertEquals(machine.probe().cpu(), replayed.cpu());
        assertEquals(machine.probe().gpus(), replayed.gpus());
        assertEquals(machine.probe().blockDevices(), replayed.blockDevices());
        assertEquals(machine.probe().networkInterfaces(), replayed.networkInterfaces());
        try (var entries = Files.walk(copy)) {
            assertEquals(0, entries.filter(Files::isSymbolicLink).count());
        }
    }

    private static Inventory facts(Inventory found) {
        return new Inventory(
                found.probed(),
                "",
                found.architecture(),
                found.board(),
                found.cpu(),
                found.memoryBytes(),
                found.gpus(),
                found.blockDevices(),
                found.networkInterfaces());
    }

    @Test
    void refusesToRecordIntoAFolderThatHoldsSomething() throws IOException {
        Files.writeString(scratch.resolve("mine"), "keep");

        SoleraException refused =
                assertThrows(SoleraException.class, () -> box("vm-x86_64").record(scratch));

        assertEquals(PlatformError.CONFLICT, refused.code());
        try (var entries = Files.list(scratch)) {
            assertEquals(List.of(scratch.resolve("mine")), entries.toList());
        }
    }

    @Test
    void saysWhereItReadsFrom() {
        assertEquals(
                HealthReport.Status.UP,
                new LinuxProbe(Path.of("/"), CLOCK).check().status());
        assertTrue(box("container").check().detail().contains("boxes/container"));
        assertEquals(
                HealthReport.Status.DEGRADED,
                new LinuxProbe(scratch.resolve("gone"), CLOCK).check().status());
    }

    @Test
    void theConfigurationComesBeforeTheFrameworkProperty() {
        assertEquals(Path.of("/a"), LinuxProbe.root("/a", "/b"));
        assertEquals(Path.of("/b"), LinuxProbe.root("", "/b"));
        assertEquals(Path.of("/"), LinuxProbe.root("", null));
    }
}
