// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.rest.internal;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.solera.platform.api.spi.RestModule;

/** One module in a servlet container of its own, behind the handler of the console port. */
final class RestServer implements AutoCloseable {
    private static final String BASE = "/r1.2.3";

    private static final Logger CONTAINER = Logger.getLogger("org.apache");

    static {
        CONTAINER.setLevel(Level.SEVERE); // it tells each start and stop at length
    }

    private final Forwarding forwarding = new Forwarding();
    private final Tomcat tomcat = new Tomcat();
    private final CxfEndpoint endpoint;
    private final UpstreamPool pool;
    private final ConsoleHandler handler;

    private record Module(String domain, Set<Object> resources) implements RestModule {}

    RestServer(Path folder, RestServices services, String domain, Object... resources) throws LifecycleException {
        CxfEndpoint.provideRuntime();
        endpoint = new CxfEndpoint(new ModuleApplication(new Module(domain, Set.of(resources)), forwarding, services));
        tomcat.setBaseDir(folder.toString());
        Connector connector = new Connector();
        connector.setPort(0);
        connector.setProperty("address", "127.0.0.1");
        tomcat.setConnector(connector);
        Context context = tomcat.addContext("", null);
        Tomcat.addServlet(context, "rest", endpoint.servlet()).setAsyncSupported(true);
        context.addServletMappingDecoded(BASE + "/api/v1/" + domain + "/*", "rest");
        tomcat.start();
        pool = new UpstreamPool(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), connector.getLocalPort()),
                Duration.ofSeconds(20));
        handler = new ConsoleHandler(pool, BASE, forwarding);
    }

    UpstreamPool pool() {
        return pool;
    }

    /** A request with a body in JSON; none when it is empty. */
    static FakeExchange request(String method, String target, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        FakeExchange exchange = new FakeExchange(
                method, target, bytes.length == 0 ? InputStream.nullInputStream() : new ByteArrayInputStream(bytes));
        return bytes.length == 0
                ? exchange
                : exchange.with("Content-Type", "application/json")
                        .with("Content-Length", Integer.toString(bytes.length));
    }

    /** Sends a request as somebody with a token; as nobody when the name is empty. */
    FakeExchange ask(String who, FakeExchange exchange) throws IOException {
        return send(who.isEmpty() ? exchange : exchange.with("Authorization", "Bearer solera_" + who));
    }

    FakeExchange send(FakeExchange exchange) throws IOException {
        handler.handle(exchange);
        return exchange;
    }

    @Override
    public void close() throws LifecycleException {
        pool.close();
        tomcat.stop();
        tomcat.destroy();
        endpoint.close();
    }
}
