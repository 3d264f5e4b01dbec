// SPDX-License-Identifier: Apache-2.0
package org.solera.media.api;

import java.io.IOException;
import java.io.InputStream;
import org.osgi.annotation.versioning.ConsumerType;

/** What an operation reads. */
@ConsumerType
public interface MediaSource {
    /** {@return a name that is equal only for equal bytes, for example bucket, key and entity tag; the cache key} */
    String identity();

    /** {@return length, in bytes} */
    long sizeBytes();

    /** {@return the bytes, from the start; the caller closes the stream} */
    InputStream open() throws IOException;
}
