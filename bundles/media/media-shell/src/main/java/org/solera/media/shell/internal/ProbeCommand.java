// SPDX-License-Identifier: Apache-2.0
package org.solera.media.shell.internal;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.solera.media.api.MediaOperations;
import org.solera.media.api.MediaResult;
import org.solera.media.api.MediaSource;
import org.solera.platform.api.SoleraException;
import org.solera.storage.api.BucketName;
import org.solera.storage.api.ObjectKey;
import org.solera.storage.api.ObjectReader;
import org.solera.storage.api.ObjectStore;
import org.solera.storage.api.StorageError;
import org.solera.storage.api.StorageException;
import org.solera.storage.api.StoredObject;

/** Says what a stored image is. */
@Service
@Command(scope = "media", name = "probe", description = "Says what a stored image is")
public final class ProbeCommand implements Action {
    @Reference
    private @Nullable BundleContext context;

    @Argument(index = 0, name = "object", description = "<bucket>/<key>", required = true)
    private String object = "";

    @Override
    public Object execute() throws SoleraException, InterruptedException {
        int slash = object.indexOf('/');
        if (slash < 0) {
            return "Name the object as <bucket>/<key>.";
        }
        ObjectKey key = ObjectKey.parse(BucketName.parse(object.substring(0, slash)), object.substring(slash + 1));
        MediaResult facts = Services.call(
                context,
                ObjectStore.class,
                store -> Services.call(
                        context, MediaOperations.class, media -> media.run(new Source(store, key), "imageInfo")));
        return new String(facts.content(), StandardCharsets.UTF_8);
    }

    /** One stored object; opened only when the answer is not known yet. */
    private record Source(ObjectStore store, StoredObject object) implements MediaSource {
        Source(ObjectStore store, ObjectKey key) throws SoleraException {
            this(store, store.find(key).orElseThrow(() -> missing(key)));
        }

        private static StorageException missing(ObjectKey key) {
            return new StorageException(
                    StorageError.NO_SUCH_KEY, "There is no object " + key + ".", "Check bucket and key.");
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
            try {
                ObjectReader reader = store.open(object.key()).orElseThrow(() -> missing(object.key()));
                return new FilterInputStream(reader.read(0, sizeBytes())) {
                    @Override
                    public void close() throws IOException {
                        try (reader) {
                            super.close();
                        }
                    }
                };
            } catch (SoleraException failure) {
                throw new IOException(failure.getMessage(), failure);
            }
        }
    }
}
