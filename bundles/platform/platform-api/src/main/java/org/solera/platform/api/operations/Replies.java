// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.api.operations;

import java.util.Map;
import org.osgi.annotation.versioning.ProviderType;
import org.solera.platform.api.PlatformError;
import org.solera.platform.api.SoleraException;

/**
 * Remembers what was answered under an idempotency key, so that a repeated request is answered again and not carried out
 * again. Kept for 24 h, in memory: a restart forgets. At most 10,000 keys and 16 MiB; the oldest go first. Thread-safe.
 */
@ProviderType
public interface Replies {
    /** What was answered. */
    record Reply(int status, Map<String, String> headers, byte[] body) {
        @Override
        public String toString() {
            return "Reply[" + status + "]";
        }

        @Override
        public boolean equals(Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(this);
        }
    }

    /** The first request under a key, or the answer to it. */
    sealed interface Claim {
        /** Carry the request out, then call one of the two. */
        non-sealed interface Fresh extends Claim, AutoCloseable {
            void answered(Reply reply);

            /** Forgets the key unless {@link #answered} was called. */
            @Override
            void close();
        }

        /** Answer this again. */
        record Known(Reply reply) implements Claim {}
    }

    /**
     * Claims a key.
     *
     * @param who login name; keys of different people never meet
     * @param key 1 to 128 characters
     * @param fingerprint digest of method, address and body
     * @throws SoleraException with {@link PlatformError#CONFLICT} if the key was used for another request, or that request
     *     is still under way
     */
    Claim claim(String who, String key, String fingerprint) throws SoleraException;
}
