// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.security.internal;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.util.IPAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.solera.platform.api.SoleraException;

/** The names and addresses of this machine, and what is one. */
final class MachineNames {
    private static final Logger log = LoggerFactory.getLogger(MachineNames.class);
    private static final Path HOST_NAME = Path.of("/proc/sys/kernel/hostname");
    private static final int ADDRESS_LIMIT = 16;
    private static final int MOST_NAMES = 50;
    private static final int LONGEST_NAME = 253;
    private static final String LABEL = "[a-zA-Z0-9]([a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?";
    private static final Pattern NAME = Pattern.compile("(\\*\\.)?" + LABEL + "(\\." + LABEL + ")*");

    private MachineNames() {}

    /** {@return names and addresses that every certificate of this machine is good for, the host name first} */
    static Set<String> of(InetAddress bind) {
        Set<String> names = new LinkedHashSet<>(List.of(hostName(), "localhost", "127.0.0.1", folded("::1")));
        names.addAll(addresses(bind));
        return names;
    }

    /** {@return the name of this machine, without asking a name server, which may be far away or absent} */
    static String hostName() {
        try {
            String name = Files.readString(HOST_NAME, StandardCharsets.US_ASCII).strip();
            return name.length() <= 64 && NAME.matcher(name).matches() ? name : "localhost";
        } catch (IOException unknown) {
            log.debug("The name of this machine is not known.", unknown);
            return "localhost";
        }
    }

    /** {@return the addresses under which this machine is reached when it binds to the address given} */
    private static Set<String> addresses(InetAddress bind) {
        Set<String> addresses = new LinkedHashSet<>();
        if (!bind.isAnyLocalAddress()) {
            addresses.add(folded(bind.getHostAddress()));
            return addresses;
        }
        try {
            NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .filter(address -> !address.isLinkLocalAddress() && !address.isLoopbackAddress())
                    .limit(ADDRESS_LIMIT)
                    .forEach(address -> addresses.add(folded(address.getHostAddress())));
        } catch (SocketException unknown) {
            log.debug("The addresses of this machine are not known.", unknown);
        }
        return addresses;
    }

    /** {@return the names as they are kept} @throws SoleraException if one is no host name and no address */
    static List<String> checked(List<String> names) throws SoleraException {
        if (names.size() > MOST_NAMES) {
            throw Refusals.invalid("A certificate has %d names at most.".formatted(MOST_NAMES), "Leave some out.");
        }
        List<String> checked = new ArrayList<>();
        for (String name : names) {
            String clean = name.strip().toLowerCase(Locale.ROOT);
            if (!isName(clean)) {
                throw Refusals.invalid(
                        "'%s' is no host name and no address.".formatted(PeopleRules.shortened(name, LONGEST_NAME)),
                        "Write a host name, or an address as digits.");
            }
            checked.add(folded(clean));
        }
        return checked;
    }

    /** {@return the one form in which a name or an address is kept: lower case, IPv6 written out and without its zone} */
    static String folded(String name) {
        int zone = name.indexOf('%');
        String plain = (zone < 0 ? name : name.substring(0, zone)).toLowerCase(Locale.ROOT);
        if (!IPAddress.isValidIPv6(plain)) {
            return plain;
        }
        try {
            return InetAddress.getByName(plain).getHostAddress(); // of digits: asks no name server
        } catch (UnknownHostException none) {
            return plain;
        }
    }

    static boolean isName(String name) {
        return IPAddress.isValid(name)
                || (name.length() <= LONGEST_NAME && NAME.matcher(name).matches() && !name.matches("[0-9.]+"));
    }

    static GeneralNames general(Iterable<String> names) {
        List<GeneralName> all = new ArrayList<>();
        for (String each : names) {
            all.add(new GeneralName(IPAddress.isValid(each) ? GeneralName.iPAddress : GeneralName.dNSName, each));
        }
        return new GeneralNames(all.toArray(GeneralName[]::new));
    }
}
