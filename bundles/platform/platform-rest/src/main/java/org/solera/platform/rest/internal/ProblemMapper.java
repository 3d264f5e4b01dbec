// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.rest.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidDefinitionException;
import java.util.Objects;
import java.util.stream.Collectors;
import javax.ws.rs.WebApplicationException;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.HttpHeaders;
import javax.ws.rs.core.Response;
import javax.ws.rs.ext.ExceptionMapper;
import javax.ws.rs.ext.Provider;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.solera.platform.api.SoleraException;

/**
 * The one place where failures become HTTP. What a client did wrong is told to it; what the appliance did wrong is logged
 * once, under the id that the client is told.
 */
@Provider
public final class ProblemMapper implements ExceptionMapper<Throwable> {
    /** Header with the id of the request. */
    static final String REQUEST_ID = "X-Reqid";

    private static final Logger log = LoggerFactory.getLogger(ProblemMapper.class);

    @Context
    private @Nullable HttpHeaders headers;

    /** JAX-RS prefers its own mapper for this type to one for every type. */
    @Provider
    public static final class OfJaxRs implements ExceptionMapper<WebApplicationException> {
        @Context
        private @Nullable HttpHeaders headers;

        @Override
        public Response toResponse(WebApplicationException failure) {
            return respond(failure, requestId(headers));
        }
    }

    /** JAX-RS might have a mapper of JSON errors that tells internals. */
    @Provider
    public static final class OfJson implements ExceptionMapper<JsonProcessingException> {
        @Context
        private @Nullable HttpHeaders headers;

        @Override
        public Response toResponse(JsonProcessingException failure) {
            return respond(failure, requestId(headers));
        }
    }

    @Override
    public Response toResponse(Throwable failure) {
        return respond(failure, requestId(headers));
    }

    private static String requestId(@Nullable HttpHeaders headers) {
        return headers == null ? "" : Objects.toString(headers.getHeaderString(REQUEST_ID), "");
    }

    private static Response respond(Throwable failure, String requestId) {
        if (failure instanceof WebApplicationException framed
                && framed.getResponse().getStatusInfo().getFamily() == Response.Status.Family.REDIRECTION) {
            return framed.getResponse();
        }
        Problem problem = problem(failure, requestId);
        if (problem.status() == 500) {
            log.error("Request {} failed.", requestId, failure);
        }
        return respond(problem);
    }

    static Response respond(Problem problem) {
        Response.ResponseBuilder answer =
                Response.status(problem.status()).type(Problem.MEDIA_TYPE).entity(problem);
        if (problem.status() == 401) {
            answer.header(HttpHeaders.WWW_AUTHENTICATE, "Basic realm=\"Solera\", charset=\"UTF-8\"");
        }
        if (problem.status() == 503) {
            answer.header(HttpHeaders.RETRY_AFTER, 1);
        }
        return answer.build();
    }

    static Problem problem(Throwable failure, String requestId) {
        if (failure instanceof SoleraException known) {
            return Problem.of(known, requestId);
        }
        if (failure instanceof JsonProcessingException json && !(failure instanceof InvalidDefinitionException)) {
            return Problem.of(
                    400,
                    "INVALID_REQUEST",
                    "The body is not the JSON expected" + at(json),
                    "Correct it.",
                    requestId,
                    false);
        }
        if (failure instanceof WebApplicationException framed) {
            return framed(framed, requestId);
        }
        return Problem.of(
                500,
                "INTERNAL",
                "The appliance failed to answer.",
                "Look for request %s in the log.".formatted(requestId),
                requestId,
                false);
    }

    private static Problem framed(WebApplicationException failure, String requestId) {
        int status = failure.getResponse().getStatus();
        return switch (status) {
            case 400 -> client(status, "INVALID_REQUEST", "The request cannot be understood.", requestId);
            case 401 -> client(status, "UNAUTHENTICATED", "This needs a login.", requestId);
            case 403 -> client(status, "FORBIDDEN", "This account may not do this.", requestId);
            case 404 -> client(status, "NOT_FOUND", "There is nothing at this address.", requestId);
            case 405 -> client(status, "METHOD_NOT_ALLOWED", "This address does not know this method.", requestId);
            case 406 -> client(status, "NOT_ACCEPTABLE", "The answer does not exist in this form.", requestId);
            case 415 ->
                client(status, "UNSUPPORTED_MEDIA_TYPE", "The body has a type that is not taken here.", requestId);
            default ->
                status < 500
                        ? client(status, "INVALID_REQUEST", "The request was refused.", requestId)
                        : Problem.of(
                                status, "INTERNAL", "The appliance failed to answer.", "", requestId, status == 503);
        };
    }

    private static Problem client(int status, String code, String detail, String requestId) {
        return Problem.of(status, code, detail, "", requestId, false);
    }

    /** {@return where in the document the error is, without names of classes} */
    private static String at(JsonProcessingException json) {
        String path = json instanceof JsonMappingException mapping
                ? mapping.getPath().stream()
                        .map(step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : step.getFieldName())
                        .collect(Collectors.joining("."))
                : "";
        String line = json.getLocation() == null
                ? ""
                : " (line %d)".formatted(json.getLocation().getLineNr());
        return (path.isEmpty() ? "" : " at " + path) + line + ".";
    }
}
