// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.rest.internal;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import javax.servlet.Servlet;
import javax.ws.rs.core.Application;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.solera.platform.api.Lease;
import org.solera.platform.api.spi.RestModule;
import org.solera.platform.net.api.HttpHandler;
import org.solera.platform.net.api.PortNames;

/** Where modules are served: a servlet each on the loopback and the console port in front of them. */
interface Container {
    /** Hands an application to the servlet container, which deploys it in its own time. */
    Lease deploy(String name, String base, Application application);

    /** {@return whether the application below the base answers now} */
    boolean answers(String base);

    /**
     * Leads requests of the console port to a handler, in the name of the bundle that gave the module, so that its rank
     * and its drain are those of that bundle.
     */
    Lease publish(ServiceReference<RestModule> module, String prefix, HttpHandler handler);

    /** The real one. */
    final class OfFramework implements Container {
        private static final Logger log = LoggerFactory.getLogger(Container.class);
        private static final Duration PROBE = Duration.ofSeconds(1);

        private final BundleContext context;
        private final InetSocketAddress address;
        private final Forwarding forwarding;

        OfFramework(BundleContext context, InetSocketAddress address, Forwarding forwarding) {
            this.context = context;
            this.address = address;
            this.forwarding = forwarding;
        }

        @Override
        public Lease deploy(String name, String base, Application application) {
            CxfEndpoint endpoint = new CxfEndpoint(application);
            Dictionary<String, Object> properties = new Hashtable<>();
            // The container tells servlets apart by name alone: two of one name answer for each other.
            properties.put("osgi.http.whiteboard.servlet.name", name);
            properties.put("osgi.http.whiteboard.servlet.pattern", base + "/*");
            properties.put("osgi.http.whiteboard.servlet.asyncSupported", true);
            Lease servlet = release(context.registerService(Servlet.class, endpoint.servlet(), properties));
            return () -> {
                servlet.close();
                endpoint.close();
            };
        }

        @Override
        public boolean answers(String base) {
            try (Upstream upstream = new Upstream(address, PROBE)) {
                upstream.send(
                        "GET",
                        base + "/" + Forwarding.PROBE,
                        List.of(
                                new Upstream.Header("Host", "localhost"),
                                new Upstream.Header(Forwarding.SECRET, forwarding.secret())),
                        InputStream.nullInputStream(),
                        0);
                return upstream.head().status() == 204;
            } catch (IOException notYet) {
                log.debug("{} does not answer yet.", base, notYet);
                return false;
            }
        }

        @Override
        public Lease publish(ServiceReference<RestModule> module, String prefix, HttpHandler handler) {
            BundleContext owner =
                    module.getBundle() == null ? null : module.getBundle().getBundleContext();
            if (owner == null) {
                return () -> {};
            }
            Dictionary<String, Object> properties = new Hashtable<>();
            properties.put(PortNames.PORT_NAME, PortNames.CONSOLE);
            properties.put(PortNames.PATH_PREFIX, prefix);
            if (module.getProperty("service.ranking") instanceof Integer ranking) {
                properties.put("service.ranking", ranking);
            }
            return release(owner.registerService(HttpHandler.class, handler, properties));
        }

        private static Lease release(ServiceRegistration<?> registration) {
            return () -> {
                try {
                    registration.unregister();
                } catch (IllegalStateException gone) {
                    log.debug("The bundle stopped before and took its service along.", gone);
                }
            };
        }
    }
}
