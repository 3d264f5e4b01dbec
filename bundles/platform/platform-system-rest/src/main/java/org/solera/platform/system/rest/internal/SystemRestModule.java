// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.system.rest.internal;

import static org.osgi.service.component.annotations.ReferenceCardinality.MULTIPLE;
import static org.osgi.service.component.annotations.ReferencePolicy.DYNAMIC;

import java.time.Clock;
import java.util.Map;
import java.util.Set;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.solera.platform.api.Appliance;
import org.solera.platform.api.HealthTree;
import org.solera.platform.api.OwnerRegistry;
import org.solera.platform.api.ServerCertificate;
import org.solera.platform.api.ServiceGate;
import org.solera.platform.api.backup.Backups;
import org.solera.platform.api.history.MetricHistory;
import org.solera.platform.api.notices.Notices;
import org.solera.platform.api.operations.Operations;
import org.solera.platform.api.settings.Settings;
import org.solera.platform.api.spi.RestModule;
import org.solera.platform.net.api.Ports;
import org.solera.upgrade.api.FeatureLedger;

/**
 * What the appliance says about itself, under {@code /api/v1/system}. Services that are absent make their resources
 * answer 503, and nothing else.
 */
@Component(service = RestModule.class)
public final class SystemRestModule implements RestModule {
    private static final Logger log = LoggerFactory.getLogger(SystemRestModule.class);

    private final ServiceGate<Operations> operations = new ServiceGate<>("The list of operations");
    private final ServiceGate<Settings> settings = new ServiceGate<>("The keeper of settings");
    private final ServiceGate<Notices> notices = new ServiceGate<>("The list of notices");
    private final ServiceGate<MetricHistory> histories = new ServiceGate<>("The history of figures");
    private final ServiceGate<Backups> backups = new ServiceGate<>("The keeper of backups");
    private final ServiceGate<ServerCertificate> certificates = new ServiceGate<>("The keeper of certificates");
    private final ServiceGate<FeatureLedger> ledgers = new ServiceGate<>("The record of what is installed");
    private final Set<Object> resources;

    @Activate
    public SystemRestModule(
            BundleContext context,
            @Reference Appliance appliance,
            @Reference HealthTree health,
            @Reference Ports ports,
            @Reference OwnerRegistry owners,
            @Reference Clock clock) {
        this.resources = Set.of(
                new HealthResource(context, health),
                new InventoryResource(context, appliance, ports, owners, ledgers, clock),
                new OperationsResource(operations),
                new SettingsResource(settings),
                new NoticesResource(notices),
                new MetricsResource(histories, clock),
                new BackupsResource(backups),
                new CertificateResource(certificates),
                new PlaceResource(appliance, ports, settings, clock, new ClockSource()));
    }

    @Reference(cardinality = MULTIPLE, policy = DYNAMIC)
    void bindOperations(Operations service, Map<String, ?> properties) {
        operations.bind(service, properties);
    }

    void unbindOperations(Operations service) {
        left(operations.unbind(service), "Operations");
    }

    @Reference(cardinality = MULTIPLE, policy = DYNAMIC)
    void bindSettings(Settings service, Map<String, ?> properties) {
        settings.bind(service, properties);
    }

    void unbindSettings(Settings service) {
        left(settings.unbind(service), "Settings");
    }

    @Reference(cardinality = MULTIPLE, policy = DYNAMIC)
    void bindNotices(Notices service, Map<String, ?> properties) {
        notices.bind(service, properties);
    }

    void unbindNotices(Notices service) {
        left(notices.unbind(service), "Notices");
    }

    @Reference(cardinality = MULTIPLE, policy = DYNAMIC)
    void bindMetricHistory(MetricHistory service, Map<String, ?> properties) {
        histories.bind(service, properties);
    }

    void unbindMetricHistory(MetricHistory service) {
        left(histories.unbind(service), "MetricHistory");
    }

    @Reference(cardinality = MULTIPLE, policy = DYNAMIC)
    void bindBackups(Backups service, Map<String, ?> properties) {
        backups.bind(service, properties);
    }

    void unbindBackups(Backups service) {
        left(backups.unbind(service), "Backups");
    }

    @Reference(cardinality = MULTIPLE, policy = DYNAMIC)
    void bindServerCertificate(ServerCertificate service, Map<String, ?> properties) {
        certificates.bind(service, properties);
    }

    void unbindServerCertificate(ServerCertificate service) {
        left(certificates.unbind(service), "ServerCertificate");
    }

    @Reference(cardinality = MULTIPLE, policy = DYNAMIC)
    void bindFeatureLedger(FeatureLedger service, Map<String, ?> properties) {
        ledgers.bind(service, properties);
    }

    void unbindFeatureLedger(FeatureLedger service) {
        left(ledgers.unbind(service), "FeatureLedger");
    }

    private static void left(boolean clean, String what) {
        if (!clean) {
            log.warn("{} left while it was used.", what);
        }
    }

    @Override
    public String domain() {
        return "system";
    }

    @Override
    public Set<Object> resources() {
        return resources;
    }
}
