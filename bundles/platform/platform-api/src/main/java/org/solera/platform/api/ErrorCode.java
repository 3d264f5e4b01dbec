// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.api;

import org.osgi.annotation.versioning.ConsumerType;

/** A stable, searchable name of a failure. Each domain has one enum of these. */
@ConsumerType
public interface ErrorCode {
    /** {@return the stable code in {@code UPPER_SNAKE}; part of the public contract} */
    String name();

    /** {@return whether the same request may succeed later without any change by the caller} */
    boolean retryable();
}
