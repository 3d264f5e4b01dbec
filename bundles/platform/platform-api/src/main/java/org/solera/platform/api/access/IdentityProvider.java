// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.api.access;

import org.osgi.annotation.versioning.ConsumerType;

/** A way to sign in at another site, offered on the sign-in page. Register it as a service when it is configured. */
@ConsumerType
public interface IdentityProvider {
    /** {@return stable id, {@code oidc}} */
    String id();

    /** {@return what stands on the button} */
    String title();

    /** {@return path on the console port that begins the sign-in} */
    String startPath();
}
