// SPDX-License-Identifier: Apache-2.0
package org.solera.storage.api;

import java.io.InputStream;
import org.osgi.annotation.versioning.ProviderType;

/** An open object. It reads what was current when it was opened, also after a later overwrite. Confined to one thread. */
@ProviderType
public interface ObjectReader extends AutoCloseable {
    /** {@return the object} */
    StoredObject object();

    /**
     * Reads a range. Checksums are verified while reading; damage is an {@link java.io.IOException} of the stream.
     *
     * @param offset first byte, 0 to the size
     * @param length number of bytes, within the object
     * @throws StorageException with {@link StorageError#UNREADABLE} if no drive holds an undamaged copy
     */
    InputStream read(long offset, long length) throws StorageException;

    @Override
    void close();
}
