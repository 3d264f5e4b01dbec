// SPDX-License-Identifier: Apache-2.0
package org.solera.storage.api;

import java.util.regex.Pattern;

/**
 * The name of a bucket by the rules of S3: 3 to 63 characters of {@code a-z 0-9 . -}, beginning and ending with a letter
 * or digit, no two dots in a row, not shaped like an IPv4 address.
 *
 * @param value the name
 */
public record BucketName(String value) implements Comparable<BucketName> {
    private static final Pattern VALID = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");
    private static final Pattern ADDRESS = Pattern.compile("\\d+\\.\\d+\\.\\d+\\.\\d+");

    public BucketName {
        if (!isValid(value)) {
            throw new IllegalArgumentException("invalid bucket name");
        }
    }

    /**
     * Parses a name that came from outside.
     *
     * @throws StorageException with {@link StorageError#INVALID_BUCKET_NAME}
     */
    public static BucketName parse(String value) throws StorageException {
        if (!isValid(value)) {
            throw new StorageException(
                    StorageError.INVALID_BUCKET_NAME,
                    "The bucket name is not valid.",
                    "Use 3 to 63 lower-case letters, digits, dots and hyphens, beginning and ending with a letter or digit.");
        }
        return new BucketName(value);
    }

    private static boolean isValid(String value) {
        return VALID.matcher(value).matches()
                && !value.contains("..")
                && !value.contains(".-")
                && !value.contains("-.")
                && !ADDRESS.matcher(value).matches();
    }

    @Override
    public int compareTo(BucketName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
