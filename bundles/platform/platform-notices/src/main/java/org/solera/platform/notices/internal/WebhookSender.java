// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.notices.internal;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.solera.platform.api.PlatformError;
import org.solera.platform.api.SoleraException;

/**
 * Posts one message as JSON. The header {@link #SIGNATURE} is {@code sha256=} and the HMAC-SHA-256 of the body under the
 * secret, in hexadecimal. Any answer but 2xx is a failure; redirects are not followed. Thread-safe.
 */
final class WebhookSender {
    static final String SIGNATURE = "X-Solera-Signature";
    static final Duration LIMIT = Duration.ofSeconds(5);

    private static final String RECEIVER = "receiver of the webhook";

    private final WebhookTarget target;
    private final HttpClient client;

    WebhookSender(WebhookTarget target) throws SoleraException {
        this.target = target;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(LIMIT)
                .sslContext(Trust.of(target.authority()))
                .build();
    }

    void send(Message message) throws SoleraException {
        byte[] body = Json.of(message, target.box()).getBytes(StandardCharsets.UTF_8);
        try {
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(target.url()))
                    .timeout(LIMIT)
                    .header("Content-Type", "application/json; charset=utf-8")
                    .header("User-Agent", "Solera")
                    .POST(BodyPublishers.ofByteArray(body));
            if (!target.secret().isEmpty()) {
                request.header(SIGNATURE, "sha256=" + signature(target.secret(), body));
            }
            HttpResponse<Void> answer = client.send(request.build(), BodyHandlers.discarding());
            if (answer.statusCode() / 100 != 2) {
                String redirected = answer.statusCode() / 100 == 3 ? " Redirects are not followed." : "";
                throw new SoleraException(
                        PlatformError.INTERNAL,
                        "The " + RECEIVER + " answered " + answer.statusCode() + "." + redirected,
                        "Check the address and what the receiver says in its log.",
                        null);
            }
        } catch (IOException failure) {
            throw Failures.of(RECEIVER, failure);
        } catch (IllegalArgumentException malformed) {
            throw new SoleraException(
                    PlatformError.INVALID_REQUEST, "The address of the webhook is none.", "Correct it.", malformed);
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
            throw Failures.of(RECEIVER, closing);
        }
    }

    static String signature(String secret, byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("Every Java runtime has HmacSHA256.", missing);
        }
    }
}
