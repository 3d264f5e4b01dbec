// SPDX-License-Identifier: Apache-2.0
package org.solera.storage.api;

import java.nio.charset.StandardCharsets;

/**
 * The full name of an object: its bucket and its key of 1 to 1,024 bytes of UTF-8.
 *
 * @param bucket the bucket
 * @param key the key within the bucket; any characters but NUL, dots and slashes have no meaning
 */
public record ObjectKey(BucketName bucket, String key) {
    /** Longest key, in bytes of UTF-8. */
    public static final int MAX_BYTES = 1024;

    public ObjectKey {
        if (!isValid(key)) {
            throw new IllegalArgumentException("invalid object key");
        }
    }

    /**
     * Parses a key that came from outside.
     *
     * @throws StorageException with {@link StorageError#INVALID_KEY}
     */
    public static ObjectKey parse(BucketName bucket, String key) throws StorageException {
        if (!isValid(key)) {
            throw new StorageException(
                    StorageError.INVALID_KEY,
                    "The object key is empty, longer than 1,024 bytes, or holds characters that are not Unicode text.",
                    "Use another key.");
        }
        return new ObjectKey(bucket, key);
    }

    private static boolean isValid(String key) {
        return !key.isEmpty()
                && key.length() <= MAX_BYTES
                && key.indexOf('\0') < 0
                && StandardCharsets.UTF_8.newEncoder().canEncode(key)
                && key.getBytes(StandardCharsets.UTF_8).length <= MAX_BYTES;
    }

    @Override
    public String toString() {
        return bucket + "/" + key;
    }
}
