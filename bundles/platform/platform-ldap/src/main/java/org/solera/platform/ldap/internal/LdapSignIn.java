// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.ldap.internal;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.solera.platform.api.HealthReport;
import org.solera.platform.api.NamedExecutors;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.access.Directory;
import org.solera.platform.api.secrets.Sealer;
import org.solera.platform.api.spi.HealthCheck;

/** Offers the directory while one is configured. */
@Component(
        service = {},
        immediate = true,
        configurationPid = LdapConfig.PID)
@Designate(ocd = LdapConfig.class)
public final class LdapSignIn {
    private static final Logger log = LoggerFactory.getLogger(LdapSignIn.class);
    private static final int CONNECTIONS = 8;
    private static final int WAITING = 32;

    private final List<ServiceRegistration<?>> registrations = new ArrayList<>();
    private final List<ExecutorService> pools = new ArrayList<>();

    @Activate
    public LdapSignIn(
            BundleContext bundle,
            @Reference Sealer sealer,
            @Reference NamedExecutors executors,
            @Reference Clock clock,
            LdapConfig config) {
        Map<String, Object> values = values(config);
        if (!LdapSettings.configured(values)) {
            return;
        }
        Dictionary<String, Object> none = new Hashtable<>();
        try {
            values.put("bindPassword", unsealed(sealer, config.bindPassword()));
            LdapSettings settings = LdapSettings.of(values);
            ExecutorService pool = executors.open("platform", "ldap", CONNECTIONS, WAITING);
            pools.add(pool);
            ExecutorService probes = executors.open("platform", "ldap-probe", 1, 1);
            pools.add(probes);
            LdapDirectory directory = new LdapDirectory(settings, pool);
            registrations.add(bundle.registerService(Directory.class, directory, none));
            registrations.add(
                    bundle.registerService(HealthCheck.class, new DirectoryHealth(directory, probes, clock), none));
            log.info("People of the directory {} can sign in", settings.addresses());
        } catch (SoleraException unusable) {
            log.warn("No directory is offered. {}", unusable.explain(), unusable.getCause());
            registrations.add(bundle.registerService(HealthCheck.class, new Unusable(unusable), none));
        }
    }

    private static String unsealed(Sealer sealer, String text) throws SoleraException {
        return text.startsWith(Sealer.PREFIX)
                ? new String(sealer.unseal(LdapConfig.PID + ".bindPassword", text), StandardCharsets.UTF_8)
                : text;
    }

    private static Map<String, Object> values(LdapConfig config) {
        Map<String, Object> values = new HashMap<>();
        values.put("url", config.url());
        values.put("startTls", config.startTls());
        values.put("bindDn", config.bindDn());
        values.put("userBase", config.userBase());
        values.put("userFilter", config.userFilter());
        values.put("groupBase", config.groupBase());
        values.put("groupFilter", config.groupFilter());
        values.put("idAttribute", config.idAttribute());
        values.put("nameAttribute", config.nameAttribute());
        values.put("displayNameAttribute", config.displayNameAttribute());
        values.put("mailAttribute", config.mailAttribute());
        values.put("groupAttribute", config.groupAttribute());
        values.put("groupNameAttribute", config.groupNameAttribute());
        values.put("caPem", config.caPem());
        values.put("timeoutMillis", (long) config.timeoutMillis());
        return values;
    }

    @Deactivate
    void close() {
        registrations.forEach(ServiceRegistration::unregister);
        pools.forEach(ExecutorService::shutdownNow);
    }

    /** Says why the settings do not work. */
    private record Unusable(SoleraException cause) implements HealthCheck {
        @Override
        public String name() {
            return "platform.ldap";
        }

        @Override
        public HealthReport check() {
            return HealthReport.degraded(
                    cause.getMessage() + " People of the directory cannot sign in.", cause.nextAction());
        }
    }
}
