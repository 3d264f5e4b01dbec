// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.rest.internal;

import java.io.IOException;
import org.osgi.service.component.annotations.Component;
import org.solera.platform.net.api.HttpErrorPages;
import org.solera.platform.net.api.HttpExchange;
import org.solera.platform.net.api.HttpHandler;
import org.solera.platform.net.api.PortNames;

/**
 * Answers on the console port wherever no module does, and words what the port itself refuses. An address of a module that
 * is being replaced does not come here: the port waits for its successor.
 */
@Component(
        immediate = true,
        service = HttpHandler.class,
        property = {
            PortNames.PORT_NAME + "=" + PortNames.CONSOLE,
            PortNames.PATH_PREFIX + "=/",
            PortNames.PATH_PREFIX + "=/api"
        })
public final class ConsoleRoot implements HttpHandler, HttpErrorPages {
    private final ProblemPages pages = new ProblemPages();

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        String id = exchange.requestId();
        pages.respond(
                exchange,
                RequestTarget.REFUSED_METHODS.contains(
                                exchange.request().method().name())
                        ? ProblemMapper.ofStatus(405, id)
                        : Problem.of(
                                404,
                                "NOT_FOUND",
                                "Nothing is served at this address.",
                                "GET /api/v1/openapi.json describes what is.",
                                id,
                                false));
    }

    @Override
    public ErrorPage render(int status, String code, String message, String requestId) {
        return pages.render(status, code, message, requestId);
    }
}
