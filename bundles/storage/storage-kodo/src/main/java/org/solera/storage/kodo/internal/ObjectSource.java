// SPDX-License-Identifier: Apache-2.0
package org.solera.storage.kodo.internal;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.Optional;
import org.solera.media.api.MediaSource;
import org.solera.platform.api.SoleraException;
import org.solera.storage.api.ObjectReader;
import org.solera.storage.api.StorageError;
import org.solera.storage.api.StorageException;
import org.solera.storage.api.StoredObject;

/** An object as the source of an operation. Opened only when no result of it is known yet. Thread-safe. */
final class ObjectSource implements MediaSource {
    private final ObjectAccess access;
    private final StoredObject object;

    ObjectSource(ObjectAccess access, StoredObject object) {
        this.access = access;
        this.object = object;
    }

    @Override
    public String identity() {
        return object.key() + "\n" + object.etag() + "\n" + object.sizeBytes();
    }

    @Override
    public long sizeBytes() {
        return object.sizeBytes();
    }

    @Override
    public InputStream open() throws IOException {
        ObjectReader reader = null;
        boolean handedOn = false;
        try {
            reader = access.open(object.key());
            if (!reader.object().etag().equals(object.etag()) || reader.object().sizeBytes() != object.sizeBytes()) {
                throw new StorageException(
                        StorageError.PRECONDITION_FAILED, "The object was replaced while it was read.", "Try again.");
            }
            InputStream stream = new ClosingStream(reader, reader.read(0, object.sizeBytes()));
            handedOn = true;
            return stream;
        } catch (SoleraException failure) {
            throw new IOException(failure.getMessage(), failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while the object was opened");
        } finally {
            if (!handedOn) {
                Optional.ofNullable(reader).ifPresent(ObjectReader::close);
            }
        }
    }

    /** Closes the reader together with its stream. */
    private static final class ClosingStream extends FilterInputStream {
        private final ObjectReader reader;

        ClosingStream(ObjectReader reader, InputStream in) {
            super(in);
            this.reader = reader;
        }

        @Override
        public void close() throws IOException {
            try (reader) {
                super.close();
            }
        }
    }
}
