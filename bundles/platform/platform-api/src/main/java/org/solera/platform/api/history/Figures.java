// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.api.history;

import org.osgi.annotation.versioning.ProviderType;

/** The figures of all parts. Thread-safe. */
@ProviderType
public interface Figures {
    /** {@return the figures of this moment, asked for now; a source that fails is left out and told in the log once} */
    Snapshot now();
}
