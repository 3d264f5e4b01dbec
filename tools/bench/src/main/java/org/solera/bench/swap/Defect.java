// SPDX-License-Identifier: Apache-2.0
package org.solera.bench.swap;

/** What can be wrong with a version of a bundle that is made on purpose. */
public enum Defect {
    /** Imports a package that nobody exports. */
    DOES_NOT_RESOLVE("does not resolve"),
    /** Its bundle activator throws. */
    START_THROWS("throws when it starts"),
    /** Its components throw in their constructors. */
    ACTIVATION_THROWS("throws in activation"),
    /** Its health check is up for one second and down from then on. */
    BECOMES_UNHEALTHY("becomes unhealthy");

    private final String words;

    Defect(String words) {
        this.words = words;
    }

    /** {@return what it does, as a predicate} */
    public String words() {
        return words;
    }
}
