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
import java.io.OutputStream;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.solera.platform.api.Appliance;
import org.solera.platform.api.ServiceRank;
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
    private record Text(byte[] bytes, String etag) {}

    private final String version;
    private final ObjectMapper json = ModuleApplication.json();
    private final ProblemPages pages = new ProblemPages();
    private final Map<ServiceReference<RestModule>, RestModule> modules = new HashMap<>(); // guarded by this
    private @Nullable Text text; // guarded by this; null after the modules changed

    @Activate
    public OpenApiHandler(@Reference Appliance appliance) {
        this.version = appliance.version();
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    synchronized void bindModule(ServiceReference<RestModule> reference, RestModule module) {
        modules.put(reference, module);
        text = null;
    }

    synchronized void unbindModule(ServiceReference<RestModule> reference) {
        modules.remove(reference);
        text = null;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        HttpMethod method = exchange.request().method();
        if (!method.equals(HttpMethod.GET) && !method.equals(HttpMethod.HEAD)) {
            pages.respond(exchange, ProblemMapper.ofStatus(405, exchange.requestId()));
            return;
        }
        Text current = text();
        HttpHeaders headers = new DefaultHttpHeaders();
        headers.set(HttpHeaderNames.CONTENT_TYPE, "application/json");
        headers.set(HttpHeaderNames.ETAG, current.etag());
        headers.set(HttpHeaderNames.CACHE_CONTROL, "no-cache");
        SecurityHeaders.add(headers);
        String known = exchange.request().headers().get(HttpHeaderNames.IF_NONE_MATCH);
        if (known != null && RequestRules.matches(known, current.etag())) {
            exchange.respond(HttpResponseStatus.NOT_MODIFIED, headers, Unpooled.EMPTY_BUFFER);
        } else if (method.equals(HttpMethod.HEAD)) {
            exchange.respond(HttpResponseStatus.OK, headers, Unpooled.wrappedBuffer(current.bytes()));
        } else {
            try (OutputStream out = new WholeAnswer(exchange, HttpResponseStatus.OK, headers)) {
                out.write(current.bytes());
            }
        }
    }

    @Override
    public ErrorPage render(int status, String code, String message, String requestId) {
        return pages.render(status, code, message, requestId);
    }

    private synchronized Text text() {
        Text known = text;
        if (known == null) {
            byte[] bytes = bytes(describe());
            CRC32 sum = new CRC32();
            sum.update(bytes);
            known = new Text(
                    bytes, "\"" + HexFormat.of().toHexDigits((int) sum.getValue()) + "-" + bytes.length + "\"");
            text = known;
        }
        return known;
    }

    private Map<String, Object> describe() {
        Map<String, RestModule> serving = new TreeMap<>();
        modules.entrySet().stream()
                .sorted(Comparator.comparing(each -> rank(each.getKey())))
                .map(Map.Entry::getValue)
                .forEach(module -> serving.put(module.domain(), module)); // the one that serves comes last
        OpenApiDocument document = new OpenApiDocument();
        serving.forEach((domain, module) -> document.add(domain, module.resources()));
        return document.document(version);
    }

    private static ServiceRank rank(ServiceReference<RestModule> reference) {
        Map<String, Object> properties = new HashMap<>();
        for (String key : reference.getPropertyKeys()) {
            properties.put(key, reference.getProperty(key));
        }
        return ServiceRank.of(properties);
    }

    private byte[] bytes(Object body) {
        try {
            return json.writeValueAsBytes(body);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("Maps of text are always JSON.", impossible);
        }
    }
}
