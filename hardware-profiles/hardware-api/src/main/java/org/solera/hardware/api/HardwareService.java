// SPDX-License-Identifier: Apache-2.0
package org.solera.hardware.api;

import java.util.List;
import java.util.Map;
import org.osgi.annotation.versioning.ProviderType;
import org.solera.platform.api.SoleraException;

/** Tells what this box is. Thread-safe. <b>Source of truth:</b> the probes of this boot. */
@ProviderType
public interface HardwareService {
    /** {@return what the probes found} */
    Inventory inventory();

    /** {@return name of the profile in force} */
    String profile();

    /** {@return what the profile in force is for, by language tag ({@code en}, {@code zh-CN})} */
    Map<String, String> description();

    /** {@return every known profile and why it fits or not, the one in force first} */
    List<ProfileMatch> matches();

    /** {@return the capabilities that this box offers to the resolver, in the notation of OSGi requirements} */
    List<String> capabilities();

    /** {@return every setting that the profile in force tunes, and what came of it, by PID and key} */
    List<Tuning> tuning();

    /** {@return what does not work as it should, one sentence each; empty when all is well} */
    List<String> problems();

    /** {@return every feature of the product that is known here and whether this box can run it} */
    List<FeatureVerdict> features() throws SoleraException;

    /**
     * Asks the resolver whether this box can run a feature, without installing it.
     *
     * @param feature name of a feature that is known here
     * @throws SoleraException with {@link org.solera.platform.api.PlatformError#NOT_FOUND} if no such feature is known
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

    /**
     * One setting that a profile tunes.
     *
     * @param pid the configuration that holds it
     * @param key its name there
     * @param wanted the value of the profile
     * @param found the value in force; empty when there is none
     * @param state what came of it
     */
    record Tuning(String pid, String key, String wanted, String found, TuningState state) {}

    /** What came of a setting that a profile tunes. */
    enum TuningState {
        /** The value in force was written by the profile. */
        APPLIED,
        /** A person had set the same value before. */
        SAME,
        /** A person set another value; it stays. */
        KEPT_BY_HAND,
        /** The value could not be written; it is tried again with the next probe. */
        NOT_WRITTEN
    }
}
