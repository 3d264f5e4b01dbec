// SPDX-License-Identifier: Apache-2.0
package org.solera.hardware.binder.internal;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.solera.hardware.api.HardwareService.Tuning;
import org.solera.hardware.api.Inventory;
import org.solera.hardware.api.ProfileMatch;

/**
 * All that is known of this box at one moment. Immutable.
 *
 * @param inventory what the probes found
 * @param profile the profile in force
 * @param matches every profile and why
 * @param capabilities what the box offers to the resolver
 * @param tuning what came of each setting of the profile
 * @param problems what does not work as it should, one sentence each
 */
record Facts(
        Inventory inventory,
        Optional<Profile> profile,
        List<ProfileMatch> matches,
        List<String> capabilities,
        List<Tuning> tuning,
        List<String> problems) {
    /** Before the first probe: nothing is told. */
    static final Facts NONE = new Facts(
            new Inventory(
                    Instant.EPOCH,
                    "",
                    "",
                    new Inventory.Board("", "", List.of()),
                    new Inventory.Cpu("", 0, List.of()),
                    0,
                    List.of(),
                    List.of(),
                    List.of()),
            Optional.empty(),
            List.of(),
            List.of(),
            List.of(),
            List.of());

    Facts {
        matches = List.copyOf(matches);
        capabilities = List.copyOf(capabilities);
        tuning = List.copyOf(tuning);
        problems = List.copyOf(problems);
    }

    /** {@return name of the profile in force; {@code none} when none fits} */
    String profileName() {
        return profile.map(Profile::name).orElse("none");
    }
}
