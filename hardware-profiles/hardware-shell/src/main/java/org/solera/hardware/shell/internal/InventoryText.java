// SPDX-License-Identifier: Apache-2.0
package org.solera.hardware.shell.internal;

import java.io.PrintStream;
import java.util.Locale;
import org.apache.karaf.shell.support.table.ShellTable;
import org.solera.hardware.api.Inventory;

/** Prints an inventory for people. */
final class InventoryText {
    private static final double GIB = 1L << 30;

    private InventoryText() {}

    static void print(Inventory box, PrintStream out) {
        out.println("Source        " + (box.live() ? "this machine" : "recorded machine " + box.source()));
        out.println("Probed        " + box.probed());
        out.println("Architecture  " + orUnknown(box.architecture()));
        out.println("Board         "
                + orUnknown((box.board().vendor() + " " + box.board().product()).strip()));
        if (!box.board().compatible().isEmpty()) {
            out.println("Device tree   " + String.join(", ", box.board().compatible()));
        }
        out.println("Processor     %s, %d cores"
                .formatted(orUnknown(box.cpu().model()), box.cpu().logicalCores()));
        out.println("Memory        " + (box.memoryBytes() == 0 ? "not told" : gibibytes(box.memoryBytes())));
        gpus(box, out);
        drives(box, out);
        ports(box, out);
    }

    private static void gpus(Inventory box, PrintStream out) {
        ShellTable table = new ShellTable();
        table.column("GPU");
        table.column("Vendor");
        table.column("Device");
        table.column("Driver");
        table.column("Render node");
        table.column("Vulkan");
        table.column("Encoders");
        table.emptyTableText("No GPU.");
        box.gpus()
                .forEach(gpu -> table.addRow()
                        .addContent(
                                gpu.pciAddress(),
                                gpu.vendor(),
                                gpu.device(),
                                gpu.driver(),
                                gpu.renderNode(),
                                gpu.vulkanVersion(),
                                String.join(" ", gpu.encoders())));
        table.print(out);
    }

    private static void drives(Inventory box, PrintStream out) {
        ShellTable table = new ShellTable();
        table.column("Drive");
        table.column("Size").alignRight();
        table.column("Spins");
        table.column("Model");
        table.emptyTableText("No drive.");
        box.blockDevices()
                .forEach(drive -> table.addRow()
                        .addContent(
                                drive.name(),
                                gibibytes(drive.sizeBytes()),
                                drive.rotational() ? "yes" : "no",
                                drive.model()));
        table.print(out);
    }

    private static void ports(Inventory box, PrintStream out) {
        ShellTable table = new ShellTable();
        table.column("Port");
        table.column("Address");
        table.column("Speed").alignRight();
        table.column("Driver");
        table.emptyTableText("No network port.");
        box.networkInterfaces()
                .forEach(port -> table.addRow()
                        .addContent(
                                port.name(),
                                port.macAddress(),
                                port.speedMbps() == 0 ? "not told" : port.speedMbps() + " Mbit/s",
                                port.driver()));
        table.print(out);
    }

    private static String orUnknown(String fact) {
        return fact.isEmpty() ? "not told" : fact;
    }

    private static String gibibytes(long bytes) {
        return String.format(Locale.ROOT, "%.1f GiB", bytes / GIB);
    }
}
