// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.api.backup;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.operations.Operation;

/**
 * Encrypted archives of the control plane: people, settings, certificates, secrets, audit, buckets' settings; no objects.
 * Thread-safe.
 */
@ProviderType
public interface Backups {
    /**
     * An archive on this box.
     *
     * @param name file name
     * @param createdAt when it was made
     * @param bytes size
     * @param parts names of what is in it
     * @param version version of the product that made it
     */
    record Archive(String name, Instant createdAt, long bytes, List<String> parts, String version) {}

    List<Archive> archives();

    /**
     * Makes an archive; the oldest automatic ones go when there are more than are kept.
     *
     * @param passphrase 12 to 256 characters; empty takes the one of the settings. The caller clears the array
     */
    Operation create(char[] passphrase, String who) throws SoleraException;

    /** Opens an archive for download; the caller closes it. */
    InputStream open(String name) throws SoleraException, IOException;

    /** Takes an archive from outside in; {@return it} At most 4 GiB. */
    Archive upload(InputStream in) throws SoleraException, IOException;

    void delete(String name) throws SoleraException;

    /** Checks passphrase, hashes and every part; {@return what would be restored, one sentence a part} */
    List<String> check(String name, char[] passphrase) throws SoleraException;

    /** Replaces the control plane of this box by the archive. All is checked before anything changes. */
    Operation restore(String name, char[] passphrase, String who) throws SoleraException;
}
