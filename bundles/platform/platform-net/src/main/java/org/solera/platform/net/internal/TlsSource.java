// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.net.internal;

import io.netty.handler.ssl.SslHandler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.solera.platform.api.ServiceRank;
import org.solera.platform.net.api.TlsMaterial;

/** Makes the TLS side of connections from the best {@link TlsMaterial} that is registered. Thread-safe. */
final class TlsSource {
    private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

    private record Bound(ServiceRank rank, TlsMaterial material) {}

    private final ExecutorService handshakes;
    private final Duration limit;
    private volatile List<Bound> bound = List.of(); // best first

    /**
     * @param handshakes runs the arithmetic of handshakes, so that it does not hold up other connections
     * @param limit the longest time of a handshake
     */
    TlsSource(ExecutorService handshakes, Duration limit) {
        this.handshakes = handshakes;
        this.limit = limit;
    }

    synchronized void bind(TlsMaterial material, Map<String, ?> properties) {
        List<Bound> next = new ArrayList<>(bound);
        next.add(new Bound(ServiceRank.of(properties), material));
        next.sort(Comparator.comparing(Bound::rank).reversed());
        bound = List.copyOf(next);
    }

    synchronized void unbind(TlsMaterial material) {
        bound = bound.stream().filter(each -> each.material() != material).toList();
    }

    /**
     * Makes the TLS side of one connection.
     *
     * @param http whether HTTP is spoken inside
     * @return the handler, or empty while no certificate is there
     */
    Optional<SslHandler> open(boolean http) {
        List<Bound> now = bound;
        if (now.isEmpty()) {
            return Optional.empty();
        }
        SSLEngine engine = now.get(0).material().sslContext().createSSLEngine();
        engine.setUseClientMode(false);
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setProtocols(PROTOCOLS);
        parameters.setCipherSuites(Arrays.stream(engine.getSupportedCipherSuites())
                .filter(TlsSource::strong)
                .toArray(String[]::new));
        parameters.setUseCipherSuitesOrder(true);
        if (http) {
            parameters.setApplicationProtocols(new String[] {"http/1.1"});
        }
        engine.setSSLParameters(parameters);
        SslHandler handler = new SslHandler(engine, false, handshakes);
        handler.setHandshakeTimeoutMillis(limit.toMillis());
        return Optional.of(handler);
    }

    /** {@return whether a suite has forward secrecy and authenticated encryption} */
    private static boolean strong(String suite) {
        boolean authenticated = suite.contains("_GCM_") || suite.contains("_CHACHA20_");
        return authenticated
                && (suite.startsWith("TLS_ECDHE_")
                        || suite.startsWith("TLS_AES_")
                        || suite.startsWith("TLS_CHACHA20_"));
    }
}
