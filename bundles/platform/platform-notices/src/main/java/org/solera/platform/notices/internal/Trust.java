// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.notices.internal;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.solera.platform.api.PlatformError;
import org.solera.platform.api.SoleraException;

/** Makes the TLS side of a receiver: whom it trusts. */
final class Trust {
    private static final int CERTIFICATES_MOST = 100;

    private Trust() {}

    /** Refuses what {@link #of} cannot read. */
    static void check(String pem) throws SoleraException {
        var unused = of(pem);
    }

    /**
     * {@return a context that trusts these authorities only}
     *
     * @param pem certificates of authorities; empty for those of the Java runtime
     */
    static SSLContext of(String pem) throws SoleraException {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            if (pem.isBlank()) {
                context.init(null, null, null);
                return context;
            }
            KeyStore authorities = KeyStore.getInstance(KeyStore.getDefaultType());
            authorities.load(null, null);
            Collection<? extends Certificate> certificates = CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
            if (certificates.isEmpty() || certificates.size() > CERTIFICATES_MOST) {
                throw new GeneralSecurityException(certificates.size() + " certificates");
            }
            int number = 0;
            for (Certificate certificate : certificates) {
                authorities.setCertificateEntry("a" + number++, certificate);
            }
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(authorities);
            context.init(null, factory.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException unreadable) {
            throw new SoleraException(
                    PlatformError.INVALID_REQUEST,
                    "The certificate of the authority cannot be read: " + unreadable.getMessage(),
                    "Paste it as PEM text, from BEGIN CERTIFICATE to END CERTIFICATE.",
                    unreadable);
        }
    }
}
