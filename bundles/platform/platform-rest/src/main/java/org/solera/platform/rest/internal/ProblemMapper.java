// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.rest.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidDefinitionException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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

    /** Asks for a login. */
    static final String CHALLENGE = "Basic realm=\"Solera\", charset=\"UTF-8\"";

    private static final Logger log = LoggerFactory.getLogger(ProblemMapper.class);

    private static final Pattern NUMBER = Pattern.compile("\\d{1,6}");

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
            answer.header(HttpHeaders.WWW_AUTHENTICATE, CHALLENGE);
        }
        if (problem.status() == 503 || problem.status() == 429) {
            answer.header(HttpHeaders.RETRY_AFTER, secondsToWait(problem.nextAction()));
        }
        return answer.build();
    }

    /** {@return the first number of the next action, from 1 to 60; those who throttle say there how long to wait} */
    static int secondsToWait(String nextAction) {
        Matcher number = NUMBER.matcher(nextAction);
        return number.find() ? Math.max(1, Math.min(60, Integer.parseInt(number.group()))) : 1;
    }

    static Problem problem(Throwable failure, String requestId) {
        if (failure instanceof SoleraException known) {
            return Problem.of(known, requestId);
        }
        if (failure instanceof BodyCheck.BodyException body) {
            return Problem.of(body.reason(), requestId);
        }
        if (failure instanceof UnrecognizedPropertyException unknown) {
            return client(
                    400,
                    "INVALID_REQUEST",
                    "The body has a field '%s' that is not known here%s"
                            .formatted(shortened(unknown.getPropertyName()), at(unknown)),
                    "Leave it out.",
                    requestId);
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
            if (framed.getCause() instanceof IllegalArgumentException
                    && framed.getResponse().getStatus() == 404) {
                return client(
                        400,
                        "INVALID_REQUEST",
                        "A parameter of the address is not of the kind expected.",
                        "Compare it with /api/v1/openapi.json.",
                        requestId);
            }
            return ofStatus(framed.getResponse().getStatus(), requestId);
        }
        return Problem.of(
                500,
                "INTERNAL",
                "The appliance failed to answer.",
                "Look for request %s in the log.".formatted(requestId),
                requestId,
                false);
    }

    /** {@return the words for a refusal of which only the status is known} */
    static Problem ofStatus(int status, String id) {
        return switch (status) {
            case 400 ->
                client(
                        status,
                        "INVALID_REQUEST",
                        "The request cannot be understood.",
                        "Compare it with /api/v1/openapi.json.",
                        id);
            case 401 ->
                client(
                        status,
                        "UNAUTHENTICATED",
                        "This needs a login.",
                        "Sign in on the console, or send a token or a name and a password.",
                        id);
            case 403 ->
                client(status, "FORBIDDEN", "This account may not do this.", "Ask the owner of the appliance.", id);
            case 404 ->
                client(
                        status,
                        "NOT_FOUND",
                        "There is nothing at this address.",
                        "Look for the address in /api/v1/openapi.json.",
                        id);
            case 405 ->
                client(
                        status,
                        "METHOD_NOT_ALLOWED",
                        "This address does not know this method.",
                        "Look for its methods in /api/v1/openapi.json.",
                        id);
            case 406 ->
                client(
                        status,
                        "NOT_ACCEPTABLE",
                        "The answer does not exist in this form.",
                        "Accept application/json.",
                        id);
            case 413 ->
                client(status, "TOO_LARGE", "The body is larger than this address takes.", "Send less at once.", id);
            case 415 ->
                client(
                        status,
                        "UNSUPPORTED_MEDIA_TYPE",
                        "The body has a type that is not taken here.",
                        "Look for the type in /api/v1/openapi.json.",
                        id);
            case 431 ->
                client(
                        status,
                        "HEADER_TOO_LARGE",
                        "The headers of the request are too large.",
                        "Send fewer or shorter headers.",
                        id);
            default ->
                status < 500
                        ? client(
                                status,
                                "INVALID_REQUEST",
                                "The request was refused.",
                                "Compare it with /api/v1/openapi.json.",
                                id)
                        : Problem.of(
                                status,
                                "INTERNAL",
                                "The appliance failed to answer.",
                                "Look for request %s in the log.".formatted(id),
                                id,
                                status == 503);
        };
    }

    private static String shortened(String name) {
        return name.length() > 100 ? name.substring(0, 100) + "…" : name;
    }

    private static Problem client(int status, String code, String detail, String nextAction, String requestId) {
        return Problem.of(status, code, detail, nextAction, requestId, false);
    }

    /** {@return where in the document the error is, without names of classes} */
    private static String at(JsonProcessingException json) {
        String path = json instanceof JsonMappingException mapping
                ? mapping.getPath().stream()
                        .map(step -> step.getFieldName() == null
                                ? "[" + step.getIndex() + "]"
                                : shortened(step.getFieldName()))
                        .limit(20)
                        .collect(Collectors.joining("."))
                : "";
        String line = json.getLocation() == null
                ? ""
                : " (line %d)".formatted(json.getLocation().getLineNr());
        return (path.isEmpty() ? "" : " at " + path) + line + ".";
    }
}
