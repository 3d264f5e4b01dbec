// SPDX-License-Identifier: Apache-2.0
package org.solera.bench.appliance;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** Finds room on this machine for the ports of one more appliance. */
public final class FreePorts {
    private static final List<Integer> STANDARD = List.of(8443, 9000, 9100, 9101, 8101, 8181, 1935, 9080, 9800);
    private static final int LOWEST_OFFSET = 2_000;
    /** Keeps every port below the range from which the kernel takes ports for outgoing connections. */
    private static final int HIGHEST_OFFSET = 22_000;

    private static final int ATTEMPTS = 200;

    private FreePorts() {}

    /**
     * {@return an offset at which every port of an appliance is free now}
     *
     * @throws IOException if none was found
     */
    public static int offset() throws IOException {
        for (int i = 0; i < ATTEMPTS; i++) {
            int offset = ThreadLocalRandom.current().nextInt(LOWEST_OFFSET, HIGHEST_OFFSET);
            if (STANDARD.stream().allMatch(port -> isFree(port + offset))) {
                return offset;
            }
        }
        throw new IOException("No " + STANDARD.size() + " free ports for an appliance were found.");
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress("127.0.0.1", port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
