// SPDX-License-Identifier: Apache-2.0
package org.solera.hardware.linux.internal;

import org.solera.hardware.api.Inventory.Board;

/** The machine by name: from DMI, else from the device tree. */
final class BoardFacts {
    private static final String DMI = "/sys/class/dmi/id/";
    private static final String TREE = "/proc/device-tree/";

    private BoardFacts() {}

    static Board board(MachineFiles files) {
        String vendor = first(files, "sys_vendor", "board_vendor");
        String product = first(files, "product_name", "board_name");
        if (product.isEmpty()) {
            product = FactText.zeroEnded(files.text(TREE + "model")).stream()
                    .findFirst()
                    .orElse("");
        }
        return new Board(vendor, product, FactText.zeroEnded(files.text(TREE + "compatible")));
    }

    private static String first(MachineFiles files, String name, String otherwise) {
        String said = FactText.said(files.line(DMI + name));
        return said.isEmpty() ? FactText.said(files.line(DMI + otherwise)) : said;
    }
}
