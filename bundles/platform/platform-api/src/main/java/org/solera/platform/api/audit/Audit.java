// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.api.audit;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;
import org.solera.platform.api.PlatformError;
import org.solera.platform.api.SoleraException;

/**
 * The append-only, hash-chained record of changes. A record is on disk when the method returns. Does not depend on the
 * database. Thread-safe.
 *
 * <p>Writing fails with {@link PlatformError#BUSY} when the disk is full or too slow (5 s): then the change must not begin.
 */
@ProviderType
public interface Audit {
    /** A change under way. Close it with an outcome; one that is closed without is recorded as failed. */
    interface Entry extends AutoCloseable {
        /** The change was made. */
        void done();

        /** The change was not made. */
        void failed(String code, String message);

        @Override
        void close();
    }

    /** Records the wish before the change begins. */
    Entry begin(AuditEvent event) throws SoleraException;

    /** Records something that is no change of its own: a sign-in, a change from outside. */
    void note(AuditEvent event) throws SoleraException;

    /** Records that somebody was refused. Bounded: at most 50 a second, the rest is counted and recorded as one. */
    void refused(AuditEvent event, String code, String message);

    AuditPage search(AuditQuery query) throws SoleraException;

    /** Checks the whole chain; takes about a second for a million records. */
    AuditVerdict verify() throws SoleraException;

    /**
     * Writes records, oldest first, as JSON lines; the last line is a signature (Ed25519) over all before it with the
     * public key, so that the export can be checked anywhere.
     */
    void export(@Nullable Instant from, @Nullable Instant to, OutputStream out) throws SoleraException, IOException;

    /** {@return the public key of the signatures (Ed25519, X.509) as PEM; empty while the audit is not open} */
    default String publicKeyPem() {
        return "";
    }
}
