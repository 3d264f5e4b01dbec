// SPDX-License-Identifier: Apache-2.0
package org.solera.hardware.binder.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.solera.hardware.api.HardwareService.FeatureVerdict;
import org.solera.hardware.api.Inventory;
import org.solera.platform.api.PlatformError;
import org.solera.platform.api.SoleraException;
import org.solera.upgrade.api.FeatureLedger;

/** Asks the record of features whether this box can run them. Stateless. */
final class FeatureJudge {
    /** Features of the product begin with this. */
    private static final String PREFIX = "solera-";

    /** Features that hold facts and no function. */
    private static final Set<String> GENERATED = Set.of("solera-hardware", "solera-license");

    private FeatureJudge() {}

    static List<FeatureVerdict> all(FeatureLedger ledger, Inventory box, String profile) throws SoleraException {
        Set<String> installed = installed(ledger);
        List<FeatureVerdict> verdicts = new ArrayList<>();
        for (String feature : ledger.known()) {
            if (feature.startsWith(PREFIX) && !GENERATED.contains(feature)) {
                verdicts.add(verdict(ledger, feature, installed.contains(feature), box, profile));
            }
        }
        return verdicts;
    }

    static FeatureVerdict one(FeatureLedger ledger, String feature, Inventory box, String profile)
            throws SoleraException {
        if (!ledger.known().contains(feature)) {
            throw new SoleraException(
                    PlatformError.NOT_FOUND,
                    "No feature repository that is known here has a feature " + feature + ".",
                    "List the features with hardware:features, or add the repository that has it.",
                    null);
        }
        return verdict(ledger, feature, installed(ledger).contains(feature), box, profile);
    }

    private static Set<String> installed(FeatureLedger ledger) {
        return ledger.installed().stream().map(FeatureLedger.Installed::name).collect(Collectors.toSet());
    }

    private static FeatureVerdict verdict(
            FeatureLedger ledger, String feature, boolean installed, Inventory box, String profile)
            throws SoleraException {
        if (installed) { // it runs: there is nothing to ask
            return new FeatureVerdict(feature, true, true, "");
        }
        Optional<String> unmet = ledger.unmet(feature);
        String reason = unmet.map(words -> PlainWords.explain(feature, words, box, profile))
                .orElse("");
        return new FeatureVerdict(feature, false, unmet.isEmpty(), reason);
    }
}
