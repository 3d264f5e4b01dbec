// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.net.api;

import javax.net.ssl.SSLContext;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * The certificate and key that every port answers TLS with. Register it as a service; the one with the highest {@link
 * org.solera.platform.api.ServiceRank} is asked for each new connection, so a renewed certificate needs no restart.
 */
@ConsumerType
public interface TlsMaterial {
    /** {@return the context that holds the key; must be quick, so keep it until the certificate changes} Thread-safe. */
    SSLContext sslContext();
}
