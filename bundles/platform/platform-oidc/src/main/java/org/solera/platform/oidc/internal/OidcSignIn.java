// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.oidc.internal;

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
import org.solera.platform.api.access.IdentityProvider;
import org.solera.platform.api.access.Sessions;
import org.solera.platform.api.secrets.Sealer;
import org.solera.platform.api.spi.HealthCheck;
import org.solera.platform.net.api.HttpHandler;
import org.solera.platform.net.api.PortNames;

/** Offers the provider while one is configured. Nothing is asked over the network before somebody signs in. */
@Component(
        service = {},
        immediate = true,
        configurationPid = OidcConfig.PID)
@Designate(ocd = OidcConfig.class)
public final class OidcSignIn {
    /** Threads of the HTTP client, and its tasks that may wait. */
    static final int THREADS = 4;

    static final int WAITING = 256;

    private static final Logger log = LoggerFactory.getLogger(OidcSignIn.class);

    private final List<ServiceRegistration<?>> registrations = new ArrayList<>();
    private final List<ExecutorService> pools = new ArrayList<>();

    @Activate
    public OidcSignIn(
            BundleContext bundle,
            @Reference Sessions sessions,
            @Reference Sealer sealer,
            @Reference NamedExecutors executors,
            @Reference Clock clock,
            OidcConfig config) {
        Map<String, Object> values = values(config);
        if (!OidcSettings.configured(values)) {
            return;
        }
        Dictionary<String, Object> none = new Hashtable<>();
        try {
            values.put("clientSecret", unsealed(sealer, config.clientSecret()));
            OidcSettings settings = OidcSettings.of(values);
            ExecutorService pool = executors.open("platform", "oidc", THREADS, WAITING);
            pools.add(pool);
            Dictionary<String, Object> place = new Hashtable<>();
            place.put(PortNames.PORT_NAME, PortNames.CONSOLE);
            place.put(PortNames.PATH_PREFIX, OidcPages.PREFIX);
            OidcPages pages = pages(settings, pool, clock, sessions);
            registrations.add(bundle.registerService(HttpHandler.class, pages, place));
            registrations.add(bundle.registerService(IdentityProvider.class, new Offer(settings.title()), none));
            log.info("People can sign in at the provider {}", settings.issuer());
        } catch (SoleraException unusable) {
            log.warn("No provider is offered. {}", unusable.explain(), unusable.getCause());
            registrations.add(bundle.registerService(HealthCheck.class, new Unusable(unusable), none));
        }
    }

    static OidcPages pages(OidcSettings settings, ExecutorService pool, Clock clock, Sessions sessions) {
        Exchange exchange = new Exchange(settings.tls(), pool);
        Provider provider = new Provider(settings, exchange, clock);
        IdTokens tokens = new IdTokens(settings, provider, clock);
        return new OidcPages(
                settings, new SignInFlow(settings, exchange, provider, tokens), new Pending(clock), sessions);
    }

    private static String unsealed(Sealer sealer, String text) throws SoleraException {
        return text.startsWith(Sealer.PREFIX)
                ? new String(sealer.unseal(OidcConfig.PID + ".clientSecret", text), StandardCharsets.UTF_8)
                : text;
    }

    private static Map<String, Object> values(OidcConfig config) {
        Map<String, Object> values = new HashMap<>();
        values.put("issuer", config.issuer());
        values.put("clientId", config.clientId());
        values.put("title", config.title());
        values.put("baseAddress", config.baseAddress());
        values.put("scopes", config.scopes());
        values.put("nameClaim", config.nameClaim());
        values.put("displayNameClaim", config.displayNameClaim());
        values.put("emailClaim", config.emailClaim());
        values.put("groupsClaim", config.groupsClaim());
        values.put("userInfo", config.userInfo());
        values.put("caPem", config.caPem());
        return values;
    }

    @Deactivate
    void close() {
        registrations.forEach(ServiceRegistration::unregister);
        pools.forEach(ExecutorService::shutdownNow);
    }

    /** What stands on the sign-in page. */
    private record Offer(String title) implements IdentityProvider {
        @Override
        public String id() {
            return "oidc";
        }

        @Override
        public String startPath() {
            return OidcPages.START;
        }
    }

    /** Says why the settings do not work. */
    private record Unusable(SoleraException cause) implements HealthCheck {
        @Override
        public String name() {
            return "platform.oidc";
        }

        @Override
        public HealthReport check() {
            return HealthReport.degraded(
                    cause.getMessage() + " Nobody can sign in at the provider.", cause.nextAction());
        }
    }
}
