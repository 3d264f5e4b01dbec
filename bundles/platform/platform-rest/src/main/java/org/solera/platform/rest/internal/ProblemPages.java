// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.rest.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.solera.platform.net.api.HttpErrorPages;
import org.solera.platform.net.api.HttpExchange;

/** Words refusals on the console port as problems, those of the port itself too. Thread-safe. */
final class ProblemPages implements HttpErrorPages {
    private final ObjectMapper json = ModuleApplication.json();

    /** Answers a request with a problem. */
    void respond(HttpExchange exchange, Problem problem) throws IOException {
        HttpHeaders headers = new DefaultHttpHeaders();
        headers.set(HttpHeaderNames.CONTENT_TYPE, Problem.MEDIA_TYPE);
        SecurityHeaders.add(headers);
        if (problem.status() == 401) {
            headers.set(HttpHeaderNames.WWW_AUTHENTICATE, ProblemMapper.CHALLENGE);
        }
        if (problem.status() == 503) {
            headers.set(HttpHeaderNames.RETRY_AFTER, "1");
        }
        exchange.respond(
                HttpResponseStatus.valueOf(problem.status()),
                headers,
                Unpooled.wrappedBuffer(text(problem).getBytes(StandardCharsets.UTF_8)));
    }

    private String text(Problem problem) {
        try {
            return json.writeValueAsString(problem);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("A problem is always JSON.", impossible);
        }
    }

    /** @param message the cause and, as its last sentence, the next action */
    @Override
    public ErrorPage render(int status, String code, String message, String requestId) {
        String told = message.strip();
        int last = told.lastIndexOf(". ") + 1;
        String detail = last == 0 ? told : told.substring(0, last);
        String nextAction = last == 0 ? "" : told.substring(last + 1);
        boolean retryable = status == 503 || status == 429;
        return new ErrorPage(
                Problem.MEDIA_TYPE, text(Problem.of(status, code, detail, nextAction, requestId, retryable)));
    }
}
