// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.rest.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import javax.annotation.Priority;
import javax.ws.rs.HttpMethod;
import javax.ws.rs.Priorities;
import javax.ws.rs.container.ContainerRequestContext;
import javax.ws.rs.container.ContainerRequestFilter;
import javax.ws.rs.container.ContainerResponseContext;
import javax.ws.rs.container.ContainerResponseFilter;
import javax.ws.rs.core.HttpHeaders;
import javax.ws.rs.core.MediaType;
import javax.ws.rs.core.Response;
import javax.ws.rs.core.StreamingOutput;
import javax.ws.rs.ext.Provider;
import org.jspecify.annotations.Nullable;
import org.solera.platform.api.PlatformError;
import org.solera.platform.api.ServiceGate;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.access.Caller;
import org.solera.platform.api.operations.Replies;

/**
 * Answers a {@code POST} again that carries the {@code Idempotency-Key} of one that was carried out, instead of carrying it
 * out again. Only successes are kept; bodies that are read as a stream are not covered. Thread-safe.
 */
@Provider
@Priority(Priorities.ENTITY_CODER)
public final class Repeats implements ContainerRequestFilter, ContainerResponseFilter {
    static final String KEY = "Idempotency-Key";
    static final String REPLAYED = "Idempotent-Replayed";

    private static final String CLAIM = "org.solera.rest.claim";
    private static final int KEY_LENGTH = 128;

    private final ServiceGate<Replies> replies;
    private final ObjectMapper json;

    Repeats(ServiceGate<Replies> replies, ObjectMapper json) {
        this.replies = replies;
        this.json = json;
    }

    @Override
    public void filter(ContainerRequestContext request) throws IOException {
        String key = request.getHeaderString(KEY);
        Caller caller = RequestFacts.caller(request);
        Method method = RequestFacts.method(request);
        if (key == null
                || caller == null
                || method == null
                || !request.getMethod().equals(HttpMethod.POST)
                || RequestRules.readsStream(method)) {
            return;
        }
        String id = RequestFacts.requestId(request);
        try {
            checkKey(key);
            Replies.Claim claim = claim(caller.getName(), key, fingerprint(request));
            if (claim instanceof Replies.Claim.Known known) {
                request.abortWith(again(known.reply()));
            } else {
                request.setProperty(CLAIM, claim);
            }
        } catch (SoleraException refused) {
            request.abortWith(ProblemMapper.respond(Problem.of(refused, id)));
        }
    }

    private static void checkKey(String key) throws SoleraException {
        if (key.isEmpty() || key.length() > KEY_LENGTH || key.chars().anyMatch(c -> c <= ' ' || c > '~')) {
            throw new SoleraException(
                    PlatformError.INVALID_REQUEST,
                    "The idempotency key is not allowed.",
                    "Use 1 to %d letters, digits and signs of ASCII.".formatted(KEY_LENGTH),
                    null);
        }
    }

    private Replies.Claim claim(String who, String key, String fingerprint) throws SoleraException {
        try (ServiceGate.Use<Replies> use = replies.enter()) {
            return use.service().claim(who, key, fingerprint);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new SoleraException(
                    PlatformError.DRAINING, "The request was interrupted.", "Try again in a moment.", interrupted);
        }
    }

    /** Digest of method, address, type and body; the body can be read once more afterwards. */
    private static String fingerprint(ContainerRequestContext request) throws IOException {
        InputStream stream = request.getEntityStream();
        byte[] body = stream == null ? new byte[0] : stream.readAllBytes();
        request.setEntityStream(new ByteArrayInputStream(body));
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            String head = request.getMethod()
                    + "\n" + request.getUriInfo().getRequestUri().getRawSchemeSpecificPart()
                    + "\n" + Objects.toString(request.getHeaderString(HttpHeaders.CONTENT_TYPE), "")
                    + "\n";
            digest.update(head.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest.digest(body));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java runtime knows SHA-256.", impossible);
        }
    }

    private static Response again(Replies.Reply reply) {
        Response.ResponseBuilder answer = Response.status(reply.status()).header(REPLAYED, "true");
        reply.headers().forEach(answer::header);
        if (reply.body().length > 0) {
            answer.entity(reply.body());
        }
        return answer.build();
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext answer) throws IOException {
        if (!(request.getProperty(CLAIM) instanceof Replies.Claim.Fresh fresh)) {
            return;
        }
        request.removeProperty(CLAIM);
        try (fresh) {
            Object body = answer.getEntity();
            boolean done = answer.getStatus() / 100 == 2;
            if (done && !(body instanceof InputStream) && !(body instanceof StreamingOutput)) {
                fresh.answered(new Replies.Reply(answer.getStatus(), headers(answer), bytes(body)));
            }
        }
    }

    private static Map<String, String> headers(ContainerResponseContext answer) {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String name : new String[] {HttpHeaders.LOCATION, HttpHeaders.ETAG}) {
            String value = answer.getHeaderString(name);
            if (value != null) {
                headers.put(name, value);
            }
        }
        if (answer.getEntity() != null) {
            MediaType type = answer.getMediaType();
            headers.put(
                    HttpHeaders.CONTENT_TYPE,
                    type == null || type.isWildcardType() ? MediaType.APPLICATION_JSON : type.toString());
        }
        return headers;
    }

    private byte[] bytes(@Nullable Object body) throws JsonProcessingException {
        if (body == null) {
            return new byte[0];
        }
        if (body instanceof byte[] bytes) {
            return bytes;
        }
        return body instanceof String text ? text.getBytes(StandardCharsets.UTF_8) : json.writeValueAsBytes(body);
    }
}
