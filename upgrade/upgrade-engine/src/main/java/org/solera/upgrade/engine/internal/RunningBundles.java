// SPDX-License-Identifier: Apache-2.0
package org.solera.upgrade.engine.internal;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.solera.platform.api.DrainCoordinator;
import org.solera.platform.api.HealthTree;
import org.solera.platform.api.SoleraException;

/** What this engine sees of the bundles that run, and what it asks of them. Thread-safe. */
public interface RunningBundles {
    /**
     * One bundle in the framework.
     *
     * @param id number given by the framework
     * @param name symbolic name
     * @param version version
     * @param location address from which it was installed
     * @param active whether it is started
     */
    record Running(long id, String name, String version, String location, boolean active) {
        /** {@return name and version, for people} */
        String title() {
            return name + "/" + version;
        }
    }

    /**
     * One declarative component of a bundle.
     *
     * @param name its name
     * @param works whether it is satisfied or active
     * @param failure why its activation failed; empty when it did not
     * @param waitsFor services that it waits for, as a phrase; empty when it waits for none, or for its configuration
     */
    record Part(String name, boolean works, String failure, String waitsFor) {}

    /** {@return every version of this bundle that is installed, the one installed last at the end} */
    List<Running> named(String symbolicName);

    /** {@return every bundle that came from the product or a swap, by its address} */
    List<Running> ofTheProduct();

    /** {@return other bundles that are wired to this one, {@code name/version}} */
    List<String> dependants(long bundleId);

    /** {@return components of other bundles that stop when a service of this one goes, {@code name/version: component}} */
    List<String> staticUsers(long bundleId);

    /** {@return names of the service types that the bundle has registered} */
    Set<String> services(long bundleId);

    /** {@return names of the ports that the services of the bundle serve} */
    Set<String> ports(long bundleId);

    /** {@return the enabled components of the bundle} */
    List<Part> components(long bundleId);

    /** {@return the first service of the bundle that cannot be had, with the cause; empty if all can} */
    Optional<String> brokenService(long bundleId);

    /** {@return how the parts of the bundle are, by its own words} */
    List<HealthTree.Entry> health(long bundleId);

    /** {@return what only one version may own, and this bundle can} */
    Set<String> owned(long bundleId);

    /** Moves a resource between two versions; see {@link org.solera.platform.api.OwnerRegistry#handOver}. */
    void handOver(String resource, long fromBundleId, long toBundleId) throws SoleraException;

    /** {@return the bundle that owns the resource now} */
    Optional<Long> ownerOf(String resource);

    /** Drains what the bundle serves. */
    List<DrainCoordinator.Outcome> drain(long bundleId, Duration deadline) throws InterruptedException;

    /** Lets the bundle take work again. */
    void resume(long bundleId);

    /** {@return whether the bundle is uninstalled and nothing holds its classes} */
    boolean gone(long bundleId);
}
