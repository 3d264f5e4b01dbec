// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.api;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The certificate with which the appliance answers TLS. At first boot the appliance makes an authority (CA) of its own,
 * which signs the certificate and renews it in time; another certificate can be installed instead. Thread-safe.
 */
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
     * @param ownCa whether the appliance made it, and so renews it by itself
     */
    record Description(
            String subject,
            String issuer,
            List<String> names,
            String sha256,
            Instant notBefore,
            Instant notAfter,
            boolean ownCa) {
        public Description {
            names = List.copyOf(names);
        }

        /** Of a certificate that others made. */
        public Description(
                String subject, String issuer, List<String> names, String sha256, Instant notBefore, Instant notAfter) {
            this(subject, issuer, names, sha256, notBefore, notAfter, false);
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

    /**
     * Installs a certificate that others made. New connections use it; when it is refused nothing changes.
     *
     * @param certificatePem the certificate, then its issuers in order, PEM
     * @param keyPem its private key, EC or RSA of 2,048 bits or more, PEM, not encrypted; empty for the key of the last
     *     {@link #request}
     * @throws SoleraException with {@link PlatformError#INVALID_REQUEST} if they do not belong together, are not valid
     *     now, name nothing or are out of order; the message says which
     */
    Description install(String certificatePem, String keyPem) throws SoleraException;

    /**
     * Makes a new key and a certificate signed by the appliance's own authority, and uses it.
     *
     * @param names host names and addresses beside those of this machine and of the settings; may be empty; at most 50
     * @throws SoleraException with {@link PlatformError#INVALID_REQUEST} if a name is none
     */
    Description renew(List<String> names) throws SoleraException;

    /**
     * Makes a key, which stays on the appliance, and a request (PKCS#10) for an authority to sign. The certificate in use
     * stays until the answer is installed.
     *
     * @param names host names and addresses, the first is the common name; empty for those of this machine; at most 50
     * @return the request, PEM
     * @throws SoleraException with {@link PlatformError#INVALID_REQUEST} if a name is none
     */
    String request(List<String> names) throws SoleraException;

    /** {@return the certificate of the appliance's own authority, PEM, for browsers to trust; empty before it was made} */
    Optional<String> authority();
}
