// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.system.rest.internal;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.file.Files;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.ws.rs.GET;
import javax.ws.rs.Path;
import javax.ws.rs.Produces;
import javax.ws.rs.core.MediaType;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.solera.platform.api.Appliance;
import org.solera.platform.api.ServiceGate;
import org.solera.platform.api.rest.Described;
import org.solera.platform.api.settings.Settings;
import org.solera.platform.net.api.Ports;

/** Where the appliance is in the network and in time. Thread-safe. */
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
@Described("Where the appliance is in the network and in time.")
public final class PlaceResource {
    private static final Logger log = LoggerFactory.getLogger(PlaceResource.class);
    private static final java.nio.file.Path HOST_NAME = java.nio.file.Path.of("/etc/hostname");

    private final Appliance appliance;
    private final Ports ports;
    private final ServiceGate<Settings> settings;
    private final Clock clock;
    private final ClockSource source;

    PlaceResource(Appliance appliance, Ports ports, ServiceGate<Settings> settings, Clock clock, ClockSource source) {
        this.appliance = appliance;
        this.ports = ports;
        this.settings = settings;
        this.clock = clock;
        this.source = source;
    }

    /** A network interface; {@code mac} null if it has none. */
    record InterfaceDto(
            String name,
            boolean up,
            List<String> addresses,
            @Nullable String mac) {}

    /** The network as the appliance sees it. */
    record NetworkDto(String hostName, String bind, List<InterfaceDto> interfaces, List<Ports.PortStatus> ports) {}

    @GET
    @Path("network")
    @Described("Host name, interfaces, addresses and ports.")
    public NetworkDto network() {
        String set = setting("network", "hostName");
        return new NetworkDto(
                set.isEmpty() ? machineName() : set,
                appliance.bindAddress().getHostAddress(),
                interfaces(),
                ports.ports());
    }

    private String setting(String section, String key) {
        return settings.peek()
                .flatMap(service -> service.section(section))
                .map(state -> Objects.toString(state.values().get(key), ""))
                .orElse("");
    }

    private String machineName() {
        try {
            return Files.readString(HOST_NAME).strip();
        } catch (IOException unknown) {
            log.debug("The machine has no file with its name.", unknown);
            return appliance.bindAddress().getHostAddress();
        }
    }

    private static List<InterfaceDto> interfaces() {
        List<InterfaceDto> found = new ArrayList<>();
        try {
            for (NetworkInterface each : Collections.list(NetworkInterface.getNetworkInterfaces())) {
                byte[] mac = each.getHardwareAddress();
                found.add(new InterfaceDto(
                        each.getName(),
                        each.isUp(),
                        each.inetAddresses()
                                .map(InetAddress::getHostAddress)
                                .sorted()
                                .toList(),
                        mac == null ? null : HexFormat.ofDelimiter(":").formatHex(mac)));
            }
        } catch (SocketException unknown) {
            log.warn("The network interfaces cannot be read.", unknown);
        }
        return found;
    }

    /** {@return the address without the interface that Java puts behind it} */
    private static String words(InetAddress address) {
        return address.getHostAddress().replaceFirst("%.*", "");
    }

    @GET
    @Path("time")
    @Described("Time, zone, and whether the clock is set by a time server.")
    public Map<String, Object> time() {
        ClockSource.State state = source.state();
        Map<String, Object> answer = new LinkedHashMap<>(); // "synchronized" is no name for a record
        String zone = setting("time", "zone");
        answer.put("now", clock.instant());
        answer.put("zone", zone.isEmpty() ? "UTC" : zone);
        answer.put("synchronized", state.inSync());
        answer.put("source", state.source());
        answer.put("detail", state.detail());
        return answer;
    }
}
