// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.rest.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.solera.platform.api.Appliance;
import org.solera.platform.api.spi.RestModule;
import org.solera.platform.net.api.HttpErrorPages;
import org.solera.platform.net.api.HttpExchange;
import org.solera.platform.net.api.HttpHandler;
import org.solera.platform.net.api.PortNames;

/**
 * Answers {@code GET /api/v1/openapi.json} with what the modules present now can do. It tells no more than the product's
 * documentation, so it needs no login. Where two versions of a module are present the newer one is described.
 */
@Component(
        immediate = true,
        service = HttpHandler.class,
        property = {PortNames.PORT_NAME + "=" + PortNames.CONSOLE, PortNames.PATH_PREFIX + "=/api/v1/openapi.json"})
public final class OpenApiHandler implements HttpHandler, HttpErrorPages {
    private final String version;
    private final ObjectMapper json = ModuleApplication.json();
    private final ProblemPages pages = new ProblemPages();
    private final Map<ServiceReference<RestModule>, RestModule> modules = new ConcurrentHashMap<>();

    @Activate
    public OpenApiHandler(@Reference Appliance appliance) {
        this.version = appliance.version();
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindModule(ServiceReference<RestModule> reference, RestModule module) {
        modules.put(reference, module);
    }

    void unbindModule(ServiceReference<RestModule> reference) {
        modules.remove(reference);
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        HttpMethod method = exchange.request().method();
        if (!method.equals(HttpMethod.GET) && !method.equals(HttpMethod.HEAD)) {
            pages.respond(exchange, ProblemMapper.ofStatus(405, exchange.requestId()));
            return;
        }
        HttpHeaders headers = new DefaultHttpHeaders();
        headers.set(HttpHeaderNames.CONTENT_TYPE, "application/json");
        exchange.respond(HttpResponseStatus.OK, headers, Unpooled.wrappedBuffer(bytes(describe())));
    }

    @Override
    public ErrorPage render(int status, String code, String message, String requestId) {
        return pages.render(status, code, message, requestId);
    }

    private Map<String, Object> describe() {
        OpenApiDocument document = new OpenApiDocument();
        modules.entrySet().stream()
                .sorted((one, other) -> Long.compare(bundleOf(one.getKey()), bundleOf(other.getKey())))
                .map(Map.Entry::getValue)
                .forEach(module -> document.add(module.domain(), module.resources()));
        return document.document(version);
    }

    private static long bundleOf(ServiceReference<RestModule> reference) {
        return reference.getProperty("service.bundleid") instanceof Long id ? id : -1;
    }

    private byte[] bytes(Object body) {
        try {
            return json.writeValueAsBytes(body);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("Maps of text are always JSON.", impossible);
        }
    }
}
