// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.api;

import java.time.Instant;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** The certificate with which the appliance answers TLS. Thread-safe. */
@ProviderType
public interface ServerCertificate {
    /**
     * What people want to know of a certificate.
     *
     * @param subject whom it names
     * @param issuer who signed it; the subject itself when it is self-signed
     * @param names host names and addresses it is good for
     * @param sha256 SHA-256 of its encoded form, in upper-case hexadecimal pairs with colons between
     * @param notBefore when it begins to be valid
     * @param notAfter when it expires
     */
    record Description(
            String subject, String issuer, List<String> names, String sha256, Instant notBefore, Instant notAfter) {
        public Description {
            names = List.copyOf(names);
        }
    }

    /** {@return the certificate in use} */
    Description describe();

    /**
     * Reads the files of the certificate again. New connections use it; the old one stays in use when it fails.
     *
     * @throws SoleraException with {@link PlatformError#INVALID_REQUEST} if the files do not hold a certificate and its
     *     key
     */
    void reload() throws SoleraException;
}
