// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.persistence.api;

import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * The entities of one bundle and the steps of their schema. Register it as a service: {@code platform-persistence} migrates
 * and verifies the schema, then registers a {@link Database} with the property {@link #UNIT}.
 */
@ConsumerType
public interface PersistentUnit {
    /** Service property that names the unit of a {@link Database}. */
    String UNIT = "solera.unit";

    /**
     * Service property of a {@link Database}: id of the bundle whose entities it knows, a Long. While two versions of a
     * bundle run side by side there are two databases of one unit; each takes the one that bears its own bundle id.
     */
    String BUNDLE = "solera.unit.bundle";

    /** {@return name of the unit, lower-case letters; its tables begin with it and an underscore} */
    String name();

    /** {@return annotated classes} */
    List<Class<?>> entities();

    /** {@return all steps, by version} */
    List<Migration> migrations();
}
