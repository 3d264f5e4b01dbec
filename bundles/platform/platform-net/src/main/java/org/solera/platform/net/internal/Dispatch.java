// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.net.internal;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.concurrent.ScheduledFuture;
import java.io.IOException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.solera.platform.net.api.HttpHandler;

/**
 * Brings one request to its handler: finds it, waits for it while it is being replaced, runs it on a thread of the port,
 * and answers for it when it fails. Confined to the event loop, but for {@link #run}.
 */
final class Dispatch implements Runnable {
    private static final Logger log = LoggerFactory.getLogger(Dispatch.class);

    private final HttpConnection connection;
    private final HttpService service;
    private final Exchange exchange;
    private final String path;
    private final Runnable waker;
    private volatile HandlerTable.@Nullable Use<HttpHandler> use;
    private boolean waiting;
    private boolean settled; // a handler took the request, or it was refused
    private @Nullable ScheduledFuture<?> patience;

    Dispatch(HttpConnection connection, Exchange exchange) {
        this.connection = connection;
        this.service = connection.service();
        this.exchange = exchange;
        this.path = HttpService.path(exchange.request());
        this.waker = () -> connection.execute(this::route);
    }

    void begin() {
        if (service.requireTls() && !connection.secure()) {
            settled = true;
            exchange.end();
            requireTls();
            return;
        }
        route();
    }

    private void requireTls() {
        String method = exchange.request().method().name();
        String address = service.encryptedAddress(exchange.request()).orElse("");
        HttpHeaders headers = EmptyHttpHeaders.INSTANCE;
        int status = 400;
        if (!address.isEmpty() && (method.equals("GET") || method.equals("HEAD"))) {
            headers = new DefaultHttpHeaders().set(HttpHeaderNames.LOCATION, address);
            status = 308;
        }
        exchange.closeAfterwards();
        String where = address.isEmpty() ? "the same address with https" : address;
        refuse(
                new RefusedException(status, "TLS_REQUIRED", "This port speaks HTTPS only. Use " + where + "."),
                headers);
    }

    private void route() {
        if (settled) {
            return;
        }
        HandlerTable.Match<HttpHandler> match = service.handlers().find(service.port(), path);
        switch (match.outcome()) {
            case FOUND -> enter(match.use().orElseThrow());
            case UNKNOWN -> {
                stopWaiting(false);
                exchange.end();
                refuse(
                        new RefusedException(404, "NOT_FOUND", "Nothing is served at this address. Check the path."),
                        EmptyHttpHeaders.INSTANCE);
            }
            case ABSENT -> startWaiting();
        }
    }

    private void startWaiting() {
        if (waiting) {
            return;
        }
        waiting = true;
        patience = connection
                .loop()
                .schedule(this::giveUp, service.limits().patience().toMillis(), TimeUnit.MILLISECONDS);
        service.handlers().await(waker);
        route(); // a handler may have come before the waker was in place
    }

    private void giveUp() {
        if (!settled) {
            stopWaiting(false);
            exchange.end();
            refuse(RefusedException.replacing(), EmptyHttpHeaders.INSTANCE);
        }
    }

    private void stopWaiting(boolean served) {
        settled = true;
        if (!waiting) {
            return;
        }
        service.handlers().forget(waker);
        service.metrics().waited(served);
        ScheduledFuture<?> timer = patience;
        if (timer != null) {
            timer.cancel(false);
        }
    }

    private void enter(HandlerTable.Use<HttpHandler> found) {
        stopWaiting(true);
        use = found;
        exchange.enter(found.lease());
        try {
            service.pool().execute(this);
        } catch (RejectedExecutionException full) {
            exchange.end();
            refuse(RefusedException.busy(), EmptyHttpHeaders.INSTANCE);
        }
    }

    /** The peer is gone: a request that waits is forgotten. */
    void cancel() {
        if (!settled) {
            stopWaiting(false);
            exchange.end();
        }
    }

    private void refuse(RefusedException refusal, HttpHeaders headers) {
        service.metrics().refused(refusal.code());
        try {
            exchange.refuse(refusal, headers);
        } catch (IOException gone) {
            log.debug("Request {} could not be answered: {}", exchange.requestId(), gone.toString());
        }
    }

    @Override
    public void run() {
        Throwable failure = null;
        try {
            java.util.Objects.requireNonNull(use).handler().handle(exchange);
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
            failure = closing;
        } catch (IOException | RuntimeException | Error broken) {
            failure = broken;
        }
        try {
            settle(failure);
        } finally {
            exchange.returned();
        }
    }

    private void settle(@Nullable Throwable failure) {
        if (!exchange.responded()) {
            exchange.closeAfterwards();
            refuse(reason(failure), EmptyHttpHeaders.INSTANCE);
        } else if (exchange.abandoned()) {
            report(failure, "did not complete its answer");
            connection.abortLater(exchange, new IOException("The answer was not completed."));
        } else if (failure != null) {
            report(failure, "failed after its answer");
            if (exchange.goesOn()) {
                connection.abortLater(exchange, new IOException("The handler failed."));
            }
        }
    }

    private RefusedException reason(@Nullable Throwable failure) {
        if (failure instanceof InterruptedException) {
            return RefusedException.replacing();
        }
        RefusedException refused = exchange.refusedBody();
        if (refused != null) {
            return refused;
        }
        report(failure, "gave no answer");
        return RefusedException.internal(exchange.requestId());
    }

    private void report(@Nullable Throwable failure, String what) {
        boolean peer = failure instanceof IOException && (exchange.lost() || exchange.refusedBody() != null);
        String id = exchange.requestId();
        String method = exchange.request().method().name();
        if (peer || failure instanceof InterruptedException) {
            log.debug("Request {} ({} {}) on port {} {}", id, method, path, service.port(), what, failure);
        } else {
            log.error(
                    "The handler of request {} ({} {}) on port {} {}", id, method, path, service.port(), what, failure);
        }
    }
}
