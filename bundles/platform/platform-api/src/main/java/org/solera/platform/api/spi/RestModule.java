// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.api.spi;

import java.util.Set;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * The REST resources of one domain. Register it as a service: {@code platform-rest} serves the resources under
 * {@code /api/v1/<domain>}, each bundle as an application of its own, so that versions run side by side in a swap.
 */
@ConsumerType
public interface RestModule {
    /** {@return the path segment after {@code /api/v1/}, for example {@code storage}} */
    String domain();

    /** {@return JAX-RS resource objects whose {@code @Path} is relative to the domain} */
    Set<Object> resources();
}
