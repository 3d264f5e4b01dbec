// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.api.access;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;
import org.solera.platform.api.AccessKey;
import org.solera.platform.api.Grant;
import org.solera.platform.api.SoleraException;

/** Makes and takes away access keys. A change is in force at once. At most 100 keys for one user. Thread-safe. */
@ProviderType
public interface KeyAdmin {
    /** Makes a key; the secret is given out here only. */
    AccessKey create(String user, String title, Set<Grant> grants, @Nullable Instant expiresAt) throws SoleraException;

    /** {@return the keys of a user} */
    List<KeyView> of(String user);

    /** Puts a key of a user out of force or back. */
    void enable(String user, String id, boolean enabled) throws SoleraException;

    /** Deletes a key of a user. */
    void delete(String user, String id) throws SoleraException;
}
