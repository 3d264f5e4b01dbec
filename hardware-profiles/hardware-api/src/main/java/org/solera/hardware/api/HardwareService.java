// SPDX-License-Identifier: Apache-2.0
package org.solera.hardware.api;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;
import org.solera.platform.api.SoleraException;

/** Tells what this box is. Thread-safe. <b>Source of truth:</b> the probes of this boot. */
@ProviderType
public interface HardwareService {
    /** {@return what the probes found} */
    Inventory inventory();

    /** {@return name of the profile in force} */
    String profile();

    /** {@return every known profile and why it fits or not, the one in force first} */
    List<ProfileMatch> matches();

    /** {@return the capabilities that this box offers to the resolver, in the notation of OSGi requirements} */
    List<String> capabilities();

    /** {@return every feature of the product that is known here and whether this box can run it} */
    List<FeatureVerdict> features() throws SoleraException;

    /**
     * Asks the resolver whether this box can run a feature, without installing it.
     *
     * @param feature name of a feature that is known here
     */
    FeatureVerdict judge(String feature) throws SoleraException;

    /** Probes the machine again; when facts changed, the capabilities are replaced in one step. */
    Inventory probe() throws SoleraException;

    /**
     * Whether a feature can run.
     *
     * @param feature its name
     * @param installed whether it is installed now
     * @param runnable whether its requirements are met
     * @param reason in plain words what is missing and what can be done; empty when runnable
     */
    record FeatureVerdict(String feature, boolean installed, boolean runnable, String reason) {}
}
