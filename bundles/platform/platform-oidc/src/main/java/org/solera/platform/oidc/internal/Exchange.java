// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.oidc.internal;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import org.jose4j.json.JsonUtil;
import org.jose4j.lang.JoseException;

/**
 * Asks the provider over HTTP: {@value #LIMIT_SECONDS} s for a whole answer, {@value #LARGEST} bytes at most, redirects not
 * followed. Thread-safe.
 */
final class Exchange {
    private static final int LIMIT_SECONDS = 5;
    private static final int LARGEST = 512 << 10;

    private final HttpClient client;

    /** An answer; {@code json} is empty if the body is not an object in JSON. */
    record Answer(int status, Map<String, Object> json, String body) {
        boolean ok() {
            return status == 200;
        }

        /** {@return the code by which OAuth names a failure, safe to log} */
        String error() {
            return plain(json.get("error") instanceof String text ? text : "status " + status);
        }
    }

    Exchange(SSLContext tls, Executor threads) {
        this.client = HttpClient.newBuilder()
                .sslContext(tls)
                .executor(threads)
                .connectTimeout(Duration.ofSeconds(LIMIT_SECONDS))
                .followRedirects(HttpClient.Redirect.NEVER)
                .version(HttpClient.Version.HTTP_1_1)
                .build();
    }

    /** {@return the text without what could forge a line of the log, at most 100 characters} */
    static String plain(String text) {
        String clean = text.replaceAll("[^ -~]", "?");
        return clean.length() > 100 ? clean.substring(0, 100) : clean;
    }

    Answer get(URI address, String... headers) throws OidcException {
        return send(request(address, headers).GET().build());
    }

    Answer post(URI address, String form, String... headers) throws OidcException {
        return send(request(address, headers)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form))
                .build());
    }

    private static HttpRequest.Builder request(URI address, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(address)
                .timeout(Duration.ofSeconds(LIMIT_SECONDS))
                .header("Accept", "application/json");
        for (int at = 0; at < headers.length; at += 2) {
            request.header(headers[at], headers[at + 1]);
        }
        return request;
    }

    private Answer send(HttpRequest request) throws OidcException {
        CompletableFuture<HttpResponse<byte[]>> answer = client.sendAsync(request, head -> new LimitedBody(LARGEST));
        try {
            HttpResponse<byte[]> whole = answer.get(LIMIT_SECONDS, TimeUnit.SECONDS);
            String body = new String(whole.body(), StandardCharsets.UTF_8);
            return new Answer(whole.statusCode(), json(body), body);
        } catch (ExecutionException failure) {
            Throwable cause = failure.getCause() == null ? failure : failure.getCause();
            String reason = cause.getMessage() == null ? "no connection" : cause.getMessage();
            throw OidcException.away("%s cannot be reached: %s.".formatted(place(request), plain(reason)), cause);
        } catch (TimeoutException late) {
            throw OidcException.away("%s did not answer within %d s.".formatted(place(request), LIMIT_SECONDS), late);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw OidcException.away("The wait for the provider was interrupted.", interrupted);
        } finally {
            answer.cancel(true); // no effect once it is complete
        }
    }

    private static String place(HttpRequest request) {
        return "The provider at " + request.uri().getAuthority() + request.uri().getPath();
    }

    private static Map<String, Object> json(String body) {
        try {
            return JsonUtil.parseJson(body);
        } catch (JoseException none) {
            return Map.of();
        }
    }
}
