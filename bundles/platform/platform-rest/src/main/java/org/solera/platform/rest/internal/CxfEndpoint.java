// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.rest.internal;

import java.util.Objects;
import javax.servlet.Servlet;
import javax.ws.rs.core.Application;
import javax.ws.rs.ext.RuntimeDelegate;
import org.apache.cxf.Bus;
import org.apache.cxf.bus.extension.ExtensionManagerBus;
import org.apache.cxf.endpoint.Server;
import org.apache.cxf.jaxrs.JAXRSServerFactoryBean;
import org.apache.cxf.jaxrs.impl.RuntimeDelegateImpl;
import org.apache.cxf.jaxrs.provider.ServerProviderFactory;
import org.apache.cxf.jaxrs.utils.ResourceUtils;
import org.apache.cxf.transport.http.DestinationRegistry;
import org.apache.cxf.transport.http.DestinationRegistryImpl;
import org.apache.cxf.transport.http.HTTPTransportFactory;
import org.apache.cxf.transport.servlet.CXFNonSpringServlet;

/**
 * One application on a bus and a servlet of its own, so that modules share nothing and several versions of one run side
 * by side. Close it when the servlet is no longer registered.
 */
final class CxfEndpoint implements AutoCloseable {
    private final Bus bus;
    private final Server server;
    private final CXFNonSpringServlet servlet;

    CxfEndpoint(Application application) {
        bus = withOwnLoader(() -> {
            ExtensionManagerBus made = new ExtensionManagerBus();
            made.initialize();
            return made;
        });
        JAXRSServerFactoryBean factory =
                withOwnLoader(() -> ResourceUtils.createApplication(application, true, false, false, bus));
        factory.setBus(bus);
        factory.setAddress("/");
        // In a framework CXF would share one registry between all buses, and their addresses would collide.
        DestinationRegistry addresses = new DestinationRegistryImpl();
        factory.setDestinationFactory(new HTTPTransportFactory(addresses));
        server = withOwnLoader(factory::create);
        // It would take the type and the method of a request from its query (?_ctype=json, ?_method=DELETE), so that a
        // form of another site passed for JSON.
        Object providers = server.getEndpoint().get(ServerProviderFactory.class.getName());
        Objects.requireNonNull((ServerProviderFactory) providers).setRequestPreprocessor(null);
        servlet = new CXFNonSpringServlet(addresses, false);
        servlet.setBus(bus);
    }

    /** Names the implementation of JAX-RS for this class space; what the specification would search for is not there. */
    static void provideRuntime() {
        RuntimeDelegate.setInstance(new RuntimeDelegateImpl());
    }

    /** {@return the servlet, to be registered under the base of the application} */
    Servlet servlet() {
        return servlet;
    }

    @Override
    public void close() {
        server.destroy();
        bus.shutdown(true);
    }

    private interface Making<T> {
        T make();
    }

    /** CXF finds parts of itself through the context class loader. */
    private static <T> T withOwnLoader(Making<T> making) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(Bus.class.getClassLoader());
        try {
            return making.make();
        } finally {
            thread.setContextClassLoader(before);
        }
    }
}
