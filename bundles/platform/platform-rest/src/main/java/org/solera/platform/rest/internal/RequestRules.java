// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.rest.internal;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Locale;
import javax.annotation.Priority;
import javax.ws.rs.ClientErrorException;
import javax.ws.rs.HttpMethod;
import javax.ws.rs.Priorities;
import javax.ws.rs.container.ContainerRequestContext;
import javax.ws.rs.container.ContainerRequestFilter;
import javax.ws.rs.container.ContainerResponseContext;
import javax.ws.rs.container.ContainerResponseFilter;
import javax.ws.rs.core.HttpHeaders;
import javax.ws.rs.ext.Provider;
import org.solera.platform.api.rest.Conditional;
import org.solera.platform.api.rest.EditVersion;

/**
 * What holds for requests of every module: edits name their version, bodies are not larger than 1 MiB unless the method
 * reads them as a stream, and what the client has already is not sent again. Thread-safe.
 */
@Provider
@Priority(Priorities.AUTHORIZATION)
public final class RequestRules implements ContainerRequestFilter, ContainerResponseFilter {
    /** The most bytes of a body that is read as a whole. */
    static final int BODY = 1 << 20;

    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
            .withZone(ZoneOffset.UTC);

    private record Stamp(long second, String text) {}

    private volatile Stamp stamp = new Stamp(-1, "");

    @Override
    public void filter(ContainerRequestContext request) {
        Method method = RequestFacts.method(request);
        if (method == null) {
            return;
        }
        if (method.isAnnotationPresent(Conditional.class) && request.getHeaderString(HttpHeaders.IF_MATCH) == null) {
            request.abortWith(
                    ProblemMapper.respond(Problem.of(EditVersion.missing(), RequestFacts.requestId(request))));
            return;
        }
        if (readsStream(method)) {
            return;
        }
        if (request.getLength() > BODY) {
            request.abortWith(ProblemMapper.respond(ProblemMapper.ofStatus(413, RequestFacts.requestId(request))));
        } else if (request.getEntityStream() != null) {
            request.setEntityStream(new Limited(request.getEntityStream()));
        }
    }

    /** {@return whether the method takes its body as a stream, of any length} */
    static boolean readsStream(Method method) {
        return Arrays.stream(method.getParameterTypes()).anyMatch(InputStream.class::equals);
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext answer) {
        answer.getHeaders().putSingle(HttpHeaders.DATE, date()); // else it is written anew each time, at some cost
        String known = request.getHeaderString(HttpHeaders.IF_NONE_MATCH);
        String tag = answer.getHeaderString(HttpHeaders.ETAG);
        boolean reading = request.getMethod().equals(HttpMethod.GET)
                || request.getMethod().equals(HttpMethod.HEAD);
        if (known == null || tag == null || !reading || answer.getStatus() != 200) {
            return;
        }
        if (matches(known, tag)) {
            answer.setStatus(304);
            answer.setEntity(null);
            answer.getHeaders().remove(HttpHeaders.CONTENT_TYPE);
        }
    }

    private String date() {
        long second = System.currentTimeMillis() / 1_000;
        Stamp last = stamp;
        if (last.second() != second) {
            last = new Stamp(second, DATE.format(Instant.ofEpochSecond(second)));
            stamp = last;
        }
        return last.text();
    }

    /** {@return whether a list of tags, as in If-None-Match, has this one; weak or strong makes no difference} */
    static boolean matches(String known, String tag) {
        return Arrays.stream(known.split(",", 100))
                .map(String::strip)
                .anyMatch(each -> each.equals("*") || plain(each).equals(plain(tag)));
    }

    private static String plain(String tag) {
        return tag.startsWith("W/") ? tag.substring(2) : tag;
    }

    /** Ends a body that is too long. */
    private static final class Limited extends FilterInputStream {
        private long left = BODY;

        Limited(InputStream body) {
            super(body);
        }

        @Override
        public int read() throws IOException {
            int value = super.read();
            if (value >= 0) {
                count(1);
            }
            return value;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int count = super.read(buffer, offset, length);
            count(Math.max(count, 0));
            return count;
        }

        private void count(int bytes) {
            left -= bytes;
            if (left < 0) {
                throw new ClientErrorException(413);
            }
        }
    }
}
