// SPDX-License-Identifier: Apache-2.0
package org.solera.storage.s3.internal;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import java.util.zip.Checksum;

/** A checksum of S3 over a body: {@code x-amz-checksum-<algorithm>}, in Base64. Confined to one thread. */
abstract class BodyChecksum {
    static final String PREFIX = "x-amz-checksum-";

    private final String header;

    private BodyChecksum(String header) {
        this.header = header;
    }

    abstract void update(byte[] bytes, int offset, int length);

    abstract byte[] value();

    /** {@return the header or trailer that carries it} */
    String header() {
        return header;
    }

    String base64() {
        return Base64.getEncoder().encodeToString(value());
    }

    /** {@return whether this is a checksum, in Base64, of the right length} */
    boolean isForm(String base64) {
        try {
            return Base64.getDecoder().decode(base64).length == value().length;
        } catch (IllegalArgumentException malformed) {
            return false;
        }
    }

    /** {@return the checksum with this header, if it is known} */
    static Optional<BodyChecksum> ofHeader(String header) {
        return switch (header) {
            case PREFIX + "crc32" -> Optional.of(crc(header, new CRC32(), 4));
            case PREFIX + "crc32c" -> Optional.of(crc(header, new CRC32C(), 4));
            case PREFIX + "crc64nvme" -> Optional.of(crc(header, new Crc64Nvme(), 8));
            case PREFIX + "sha1" -> Optional.of(hash(header, "SHA-1"));
            case PREFIX + "sha256" -> Optional.of(hash(header, "SHA-256"));
            default -> Optional.empty();
        };
    }

    private static BodyChecksum crc(String header, Checksum checksum, int length) {
        return new BodyChecksum(header) {
            @Override
            void update(byte[] bytes, int offset, int count) {
                checksum.update(bytes, offset, count);
            }

            @Override
            byte[] value() {
                byte[] all = ByteBuffer.allocate(8).putLong(checksum.getValue()).array();
                return Arrays.copyOfRange(all, 8 - length, 8);
            }
        };
    }

    private static BodyChecksum hash(String header, String algorithm) {
        MessageDigest digest = Hashes.digest(algorithm);
        return new BodyChecksum(header) {
            @Override
            void update(byte[] bytes, int offset, int count) {
                digest.update(bytes, offset, count);
            }

            @Override
            byte[] value() {
                try {
                    return ((MessageDigest) digest.clone()).digest();
                } catch (CloneNotSupportedException impossible) {
                    throw new IllegalStateException(impossible);
                }
            }
        };
    }
}
