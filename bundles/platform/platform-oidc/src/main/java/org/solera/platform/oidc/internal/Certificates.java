// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.oidc.internal;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Makes TLS contexts that trust named issuers. */
final class Certificates {
    private Certificates() {}

    /**
     * {@return a context that trusts these issuers only}
     *
     * @param pem certificates; empty for the issuers that Java knows
     */
    static SSLContext trusting(String pem) throws OidcException {
        try {
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(pem.isBlank() ? null : issuers(pem));
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (CertificateException malformed) {
            throw OidcException.invalid("caPem does not hold certificates in PEM.", malformed);
        } catch (GeneralSecurityException | IOException unusable) {
            throw OidcException.invalid("TLS cannot be set up.", unusable);
        }
    }

    private static KeyStore issuers(String pem) throws GeneralSecurityException, IOException {
        Collection<? extends Certificate> certificates = CertificateFactory.getInstance("X.509")
                .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
        if (certificates.isEmpty()) {
            throw new CertificateException("no certificate");
        }
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        int number = 0;
        for (Certificate each : certificates) {
            store.setCertificateEntry("issuer-" + number++, each);
        }
        return store;
    }
}
