// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.system.rest.internal;

import java.util.Objects;
import org.osgi.framework.Bundle;

/** Words for bundles. Stateless. */
final class Bundles {
    private static final String PRODUCT = "org.solera.";

    private Bundles() {}

    static boolean ofTheProduct(Bundle bundle) {
        return Objects.toString(bundle.getSymbolicName(), "").startsWith(PRODUCT);
    }

    /** {@return the domain of a bundle of the product; {@code container} for others} */
    static String domainOf(Bundle bundle) {
        if (!ofTheProduct(bundle)) {
            return "container";
        }
        String rest = bundle.getSymbolicName().substring(PRODUCT.length());
        int dot = rest.indexOf('.');
        return dot < 0 ? rest : rest.substring(0, dot);
    }

    static String state(Bundle bundle) {
        return switch (bundle.getState()) {
            case Bundle.INSTALLED -> "installed";
            case Bundle.RESOLVED -> "resolved";
            case Bundle.STARTING -> "starting";
            case Bundle.STOPPING -> "stopping";
            case Bundle.ACTIVE -> "active";
            default -> "uninstalled";
        };
    }
}
