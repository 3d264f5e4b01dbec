// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.security.internal;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.solera.platform.api.Appliance;
import org.solera.platform.api.HealthReport;
import org.solera.platform.api.NamedExecutors;
import org.solera.platform.api.PlatformError;
import org.solera.platform.api.ServerCertificate;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.audit.Audit;
import org.solera.platform.api.audit.AuditEvent;
import org.solera.platform.api.spi.HealthCheck;
import org.solera.platform.api.spi.MetricSource;
import org.solera.platform.net.api.TlsMaterial;

/**
 * The certificate of the appliance. Its own authority signs one at first boot and renews it 30 days before the end; looks
 * every 5 s whether the files were replaced. A replacement that cannot be used is reported and the certificate in use
 * stays; files that cannot be used at the start are left alone, and a certificate in memory takes their place. An expired
 * certificate is reported and still used: people must be able to reach the console to renew it.
 */
@Component(
        immediate = true,
        service = {
            TlsMaterial.class,
            ServerCertificate.class,
            HealthCheck.class,
            MetricSource.class,
            ApplianceCertificate.class
        })
public final class ApplianceCertificate implements TlsMaterial, ServerCertificate, HealthCheck, MetricSource {
    private static final Logger log = LoggerFactory.getLogger(ApplianceCertificate.class);
    private static final Duration WARNING = Duration.ofDays(30);
    private static final Duration LAST_DAYS = Duration.ofDays(7);
    private static final Duration BETWEEN_TRIES = Duration.ofHours(1);
    private static final int LOOK_SECONDS = 5;
    private static final String NEXT_ACTION =
            "Install or renew the certificate in the console, or replace key.pem and certificate.pem in"
                    + " state/security/tls of the data folder.";

    private record State(TlsPair pair, SSLContext context, boolean own, CertificateFiles.@Nullable Stamp stamp) {}

    private final CertificateFiles files;
    private final OwnAuthority authority;
    private final InetAddress bind;
    private final Clock clock;
    private final ScheduledExecutorService scheduler;
    private final List<CertificateNames> settings = new CopyOnWriteArrayList<>();
    private final List<Audit> audits = new CopyOnWriteArrayList<>();
    private volatile State state;
    private volatile CertificateFiles.@Nullable Stamp refused; // of files that could not be used
    private volatile String problem = ""; // why they could not be used; empty when nothing is wrong
    private volatile Instant tried = Instant.MIN; // when a renewal was tried last

    @Activate
    public ApplianceCertificate(
            @Reference Appliance appliance, @Reference Clock clock, @Reference NamedExecutors executors) {
        Path folder = appliance.stateDirectory("security").resolve("tls");
        this.clock = clock;
        this.bind = appliance.bindAddress();
        this.files = new CertificateFiles(folder);
        this.authority = new OwnAuthority(folder);
        this.state = begin(folder);
        this.scheduler = executors.openScheduler("security", "certificate");
        var unused = scheduler.scheduleWithFixedDelay(this::look, LOOK_SECONDS, LOOK_SECONDS, TimeUnit.SECONDS);
    }

    private State begin(Path folder) {
        try {
            files.recover();
            if (files.exist()) {
                return state(files.read());
            }
            TlsPair made = authority.issue(List.copyOf(MachineNames.of(bind)), clock.instant());
            files.write(made);
            log.info("The authority of this box and a certificate were made.");
            return state(made);
        } catch (IOException | GeneralSecurityException unusable) {
            log.error("The certificate in {} cannot be used; one in memory takes its place.", folder, unusable);
            problem = words(unusable);
            refused = files.stamp();
            return substitute(folder, unusable);
        }
    }

    /** {@return a pair of an authority that lives in memory, so that people reach the console} */
    private State substitute(Path folder, Exception cause) {
        try {
            TlsPair pair = OwnAuthority.substitute(List.copyOf(MachineNames.of(bind)), clock.instant());
            return new State(pair, pair.context(), false, null);
        } catch (IOException | GeneralSecurityException unusable) {
            unusable.addSuppressed(cause);
            throw new IllegalStateException("There is no certificate for " + folder + ".", unusable);
        }
    }

    private State state(TlsPair pair) throws GeneralSecurityException {
        return new State(pair, pair.context(), isOwn(pair.certificate()), files.stamp());
    }

    /** {@return whether this box made it, now or before it had an authority} */
    private boolean isOwn(X509Certificate certificate) {
        String subject = certificate.getSubjectX500Principal().getName();
        boolean selfSigned = subject.equals(certificate.getIssuerX500Principal().getName());
        return authority.signed(certificate) || (selfSigned && subject.contains("O=" + OwnAuthority.ORGANISATION));
    }

    private static String words(Exception failure) {
        return Objects.toString(failure.getMessage(), failure.toString());
    }

    @Deactivate
    void close() {
        scheduler.shutdownNow();
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindNames(CertificateNames names) {
        settings.add(names);
    }

    void unbindNames(CertificateNames names) {
        settings.remove(names);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindAudit(Audit audit) {
        audits.add(audit);
    }

    void unbindAudit(Audit audit) {
        audits.remove(audit);
    }

    /** Uses the files if they were replaced, and renews the certificate when it is time. */
    void look() {
        CertificateFiles.Stamp now = files.stamp();
        if (now != null && !now.equals(state.stamp()) && !now.equals(refused)) {
            try {
                reload();
            } catch (SoleraException unusable) {
                log.warn("The certificate was replaced by one that cannot be used; the old one stays.", unusable);
            }
        }
        Instant time = clock.instant();
        if (state.own()
                && expiry().minus(WARNING).isBefore(time)
                && tried.plus(BETWEEN_TRIES).isBefore(time)) {
            tried = time;
            renewByItself(time);
        }
    }

    private void renewByItself(Instant time) {
        try {
            for (Audit audit : audits) {
                audit.note(new AuditEvent(
                        "system",
                        "system.certificate-renew",
                        state.pair().certificate().getSubjectX500Principal().getName(),
                        "local",
                        "system",
                        Map.of("expires", expiry().toString())));
                break;
            }
        } catch (SoleraException unwritten) {
            if (expiry().minus(LAST_DAYS).isAfter(time)) {
                log.warn("The certificate is not renewed while the audit cannot be written.", unwritten);
                return;
            }
            log.warn("The certificate is renewed although the audit cannot be written: it ends soon.", unwritten);
        }
        try {
            log.info("The certificate was renewed: {}", renew(kept()).sha256());
        } catch (SoleraException failure) {
            log.warn("The certificate could not be renewed; it is tried again in an hour.", failure);
        }
    }

    /** {@return the names of the certificate in use, so that a renewal loses none} */
    private List<String> kept() {
        return state.pair().names().stream().filter(MachineNames::isName).toList();
    }

    @Override
    public synchronized void reload() throws SoleraException {
        CertificateFiles.Stamp now = files.stamp();
        try {
            state = state(files.read());
            refused = null;
            problem = "";
            log.info("The certificate {} is in use.", state.pair().fingerprint());
        } catch (IOException | GeneralSecurityException unusable) {
            refused = now;
            problem = words(unusable);
            throw unusable("The new certificate cannot be used: " + problem, unusable);
        }
    }

    private static SoleraException unusable(String why, Exception cause) {
        return new SoleraException(PlatformError.INVALID_REQUEST, why, NEXT_ACTION, cause);
    }

    private static SoleraException unwritten(IOException cause) {
        return new SoleraException(
                PlatformError.INTERNAL,
                "The certificate could not be stored: " + words(cause),
                "Check the free space of the data folder; the certificate in use stays.",
                cause);
    }

    private synchronized Description take(TlsPair pair) throws SoleraException, GeneralSecurityException {
        try {
            files.write(pair);
        } catch (IOException failure) {
            throw unwritten(failure);
        }
        state = state(pair);
        refused = null;
        problem = "";
        log.info("The certificate {} is in use.", pair.fingerprint());
        return describe();
    }

    @Override
    public synchronized Description install(String certificatePem, String keyPem) throws SoleraException {
        try {
            String key = keyPem.isBlank() ? files.requested() : keyPem;
            if (key.isEmpty()) {
                throw Refusals.invalid("There is no key: no request waits for its certificate.", "Send the key too.");
            }
            TlsPair pair = TlsPair.parse(key, certificatePem);
            pair.checkUsable(clock.instant());
            Description taken = take(pair);
            if (keyPem.isBlank()) {
                files.dropRequested();
            }
            return taken;
        } catch (GeneralSecurityException unusable) {
            throw unusable("The certificate cannot be used: " + words(unusable), unusable);
        } catch (IOException failure) {
            throw unwritten(failure);
        }
    }

    @Override
    public synchronized Description renew(List<String> names) throws SoleraException {
        List<String> all = names(names);
        try {
            return take(authority.issue(all, clock.instant()));
        } catch (GeneralSecurityException damaged) {
            throw unusable("The authority of this box cannot sign: " + words(damaged), damaged);
        } catch (IOException failure) {
            throw unwritten(failure);
        }
    }

    /** {@return the names of this machine, of the settings and these} */
    private List<String> names(List<String> more) throws SoleraException {
        Set<String> all = new LinkedHashSet<>(MachineNames.of(bind));
        for (CertificateNames each : settings) {
            all.addAll(each.extra());
        }
        all.addAll(MachineNames.checked(more));
        return new ArrayList<>(all);
    }

    @Override
    public synchronized String request(List<String> names) throws SoleraException {
        List<String> all = names.isEmpty() ? names(names) : MachineNames.checked(names);
        try {
            KeyPair keys = OwnAuthority.keys();
            String request = OwnAuthority.request(keys, all);
            files.keepRequested(Pem.key(keys.getPrivate()));
            return request;
        } catch (GeneralSecurityException impossible) {
            throw unusable("The request cannot be made: " + words(impossible), impossible);
        } catch (IOException failure) {
            throw unwritten(failure);
        }
    }

    @Override
    public Optional<String> authority() {
        try {
            return authority.certificate();
        } catch (IOException unreadable) {
            log.warn("The certificate of the authority of this box cannot be read.", unreadable);
            return Optional.empty();
        }
    }

    @Override
    public SSLContext sslContext() {
        return state.context();
    }

    @Override
    public Description describe() {
        State now = state;
        X509Certificate certificate = now.pair().certificate();
        return new Description(
                certificate.getSubjectX500Principal().getName(),
                certificate.getIssuerX500Principal().getName(),
                now.pair().names(),
                now.pair().fingerprint(),
                certificate.getNotBefore().toInstant(),
                certificate.getNotAfter().toInstant(),
                now.own());
    }

    private Instant expiry() {
        return state.pair().certificate().getNotAfter().toInstant();
    }

    /**
     * Takes the pair of a backup in, whatever its dates; one of this box's own authority is made anew where this machine has
     * another name.
     */
    synchronized void restore(String keyPem, String certificatePem) throws SoleraException {
        if (keyPem.isEmpty() || certificatePem.isEmpty()) {
            return;
        }
        try {
            Description taken = take(TlsPair.parse(keyPem, certificatePem));
            if (taken.ownCa() && !taken.names().contains(MachineNames.hostName())) {
                Description unused = renew(kept());
            }
        } catch (GeneralSecurityException damaged) {
            throw unusable("The certificate of the backup cannot be used: " + words(damaged), damaged);
        }
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
