// SPDX-License-Identifier: Apache-2.0
package org.solera.hardware.binder.internal;

import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.solera.platform.api.ServiceGate;
import org.solera.platform.api.SoleraException;
import org.solera.upgrade.api.FeatureLedger;

/**
 * Offers the capabilities of this box to the resolver, as the generated feature {@code solera-hardware}. Confined to one
 * thread.
 */
final class CapabilityOffer {
    private static final Logger log = LoggerFactory.getLogger(CapabilityOffer.class);
    private static final String FEATURE = "solera-hardware";

    private final ServiceGate<FeatureLedger> ledgers;
    private Optional<FeatureLedger> toldTo = Optional.empty();
    private List<String> told = List.of();

    CapabilityOffer(ServiceGate<FeatureLedger> ledgers) {
        this.ledgers = ledgers;
    }

    /**
     * What came of an offer.
     *
     * @param problem why the resolver does not have the capabilities; empty when it has them
     * @param retryable whether the same offer may succeed in a moment
     */
    record Result(Optional<String> problem, boolean retryable) {
        static final Result DONE = new Result(Optional.empty(), false);
    }

    /** Offers the capabilities; without effect when the same ones were offered to the same record of features before. */
    Result offer(List<String> capabilities) throws InterruptedException {
        if (ledgers.peek().isEmpty()) { // it tells when it comes; do not wait for it
            toldTo = Optional.empty();
            return new Result(
                    Optional.of(
                            "The capabilities of this box are not offered yet: the record of features is not there."),
                    false);
        }
        try (ServiceGate.Use<FeatureLedger> use = ledgers.enter()) {
            if (told.equals(capabilities)
                    && toldTo.filter(use.service()::equals).isPresent()) {
                return Result.DONE;
            }
            if (use.service().replaceGenerated(FEATURE, capabilities, "hardware")) {
                log.info("The capabilities of this box were replaced: {}", capabilities);
            }
            told = capabilities;
            toldTo = Optional.of(use.service());
            return Result.DONE;
        } catch (SoleraException refused) {
            return new Result(
                    Optional.of("The capabilities of this box could not be replaced: " + refused.explain()),
                    refused.code().retryable());
        }
    }
}
