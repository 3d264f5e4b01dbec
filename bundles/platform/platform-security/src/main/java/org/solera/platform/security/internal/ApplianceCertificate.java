// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.security.internal;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.solera.platform.api.Appliance;
import org.solera.platform.api.HealthReport;
import org.solera.platform.api.NamedExecutors;
import org.solera.platform.api.PlatformError;
import org.solera.platform.api.ServerCertificate;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.spi.HealthCheck;
import org.solera.platform.api.spi.MetricSource;
import org.solera.platform.net.api.TlsMaterial;

/**
 * The certificate of the appliance. Makes a self-signed one at first boot; looks every 5 s whether the files were
 * replaced. A replacement that cannot be used is reported and the certificate in use stays. An expired certificate is
 * reported and still used: people must be able to reach the console to renew it.
 */
@Component(
        immediate = true,
        service = {TlsMaterial.class, ServerCertificate.class, HealthCheck.class, MetricSource.class})
public final class ApplianceCertificate implements TlsMaterial, ServerCertificate, HealthCheck, MetricSource {
    private static final Logger log = LoggerFactory.getLogger(ApplianceCertificate.class);
    private static final Duration WARNING = Duration.ofDays(30);
    private static final int LOOK_SECONDS = 5;
    private static final String NEXT_ACTION =
            "Replace key.pem and certificate.pem in state/security/tls of the data folder.";

    private record State(CertificateFiles.Content content, CertificateFiles.@Nullable Stamp stamp) {}

    private final CertificateFiles files;
    private final Clock clock;
    private final ScheduledExecutorService scheduler;
    private volatile State state;
    private volatile CertificateFiles.@Nullable Stamp refused; // of files that could not be used
    private volatile String problem = ""; // why they could not be used; empty when nothing is wrong

    @Activate
    public ApplianceCertificate(
            @Reference Appliance appliance, @Reference Clock clock, @Reference NamedExecutors executors) {
        Path folder = appliance.stateDirectory("security").resolve("tls");
        this.clock = clock;
        this.files = new CertificateFiles(folder);
        try {
            if (!files.exist()) {
                files.write(SelfSigned.make(
                        SelfSigned.hostName(), SelfSigned.addresses(appliance.bindAddress()), clock.instant()));
                log.info("A self-signed certificate was made.");
            }
            this.state = new State(files.read(), files.stamp());
        } catch (IOException | GeneralSecurityException unusable) {
            throw new IllegalStateException("The certificate in " + folder + " cannot be used.", unusable);
        }
        this.scheduler = executors.openScheduler("security", "certificate");
        var unused = scheduler.scheduleWithFixedDelay(this::look, LOOK_SECONDS, LOOK_SECONDS, TimeUnit.SECONDS);
    }

    @Deactivate
    void close() {
        scheduler.shutdownNow();
    }

    /** Uses the files if they were replaced. */
    void look() {
        CertificateFiles.Stamp now = files.stamp();
        if (now == null || now.equals(state.stamp()) || now.equals(refused)) {
            return;
        }
        try {
            reload();
        } catch (SoleraException unusable) {
            log.warn("The certificate was replaced by one that cannot be used; the old one stays.", unusable);
        }
    }

    @Override
    public synchronized void reload() throws SoleraException {
        CertificateFiles.Stamp now = files.stamp();
        try {
            state = new State(files.read(), now);
            refused = null;
            problem = "";
            log.info(
                    "The certificate {} is in use.", fingerprint(state.content().certificate()));
        } catch (IOException | GeneralSecurityException unusable) {
            refused = now;
            problem = Objects.toString(unusable.getMessage(), unusable.toString());
            throw new SoleraException(
                    PlatformError.INVALID_REQUEST,
                    "The new certificate cannot be used: %s".formatted(problem),
                    NEXT_ACTION,
                    unusable);
        }
    }

    @Override
    public SSLContext sslContext() {
        return state.content().context();
    }

    @Override
    public Description describe() {
        X509Certificate certificate = state.content().certificate();
        return new Description(
                certificate.getSubjectX500Principal().getName(),
                certificate.getIssuerX500Principal().getName(),
                names(certificate),
                fingerprint(certificate),
                certificate.getNotBefore().toInstant(),
                certificate.getNotAfter().toInstant());
    }

    private static List<String> names(X509Certificate certificate) {
        try {
            Collection<List<?>> names = certificate.getSubjectAlternativeNames();
            return names == null
                    ? List.of()
                    : names.stream().map(name -> String.valueOf(name.get(1))).toList();
        } catch (CertificateParsingException unreadable) {
            log.debug("The names of the certificate cannot be read.", unreadable);
            return List.of();
        }
    }

    private static String fingerprint(X509Certificate certificate) {
        try {
            return HexFormat.ofDelimiter(":")
                    .withUpperCase()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("Every Java runtime has SHA-256.", missing);
        }
    }

    private Instant expiry() {
        return state.content().certificate().getNotAfter().toInstant();
    }

    @Override
    public String name() {
        return "platform.security";
    }

    @Override
    public HealthReport check() {
        Duration left = Duration.between(clock.instant(), expiry());
        if (!problem.isEmpty()) {
            return HealthReport.degraded("The new certificate cannot be used: " + problem, NEXT_ACTION);
        }
        if (left.isNegative()) {
            return HealthReport.degraded("The certificate expired on %s.".formatted(expiry()), NEXT_ACTION);
        }
        if (left.compareTo(WARNING) < 0) {
            return HealthReport.degraded("The certificate expires in %d days.".formatted(left.toDays()), NEXT_ACTION);
        }
        return HealthReport.up("The certificate is valid for %d days.".formatted(left.toDays()));
    }

    @Override
    public void collect(Sink sink) {
        sink.gauge(
                "solera_platform_certificate_expiry_seconds",
                "Seconds until the certificate expires; negative once it has",
                Duration.between(clock.instant(), expiry()).toSeconds());
    }
}
