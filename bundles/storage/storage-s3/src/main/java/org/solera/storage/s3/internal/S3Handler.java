// SPDX-License-Identifier: Apache-2.0
package org.solera.storage.s3.internal;

import static org.osgi.service.component.annotations.ReferenceCardinality.MULTIPLE;
import static org.osgi.service.component.annotations.ReferencePolicy.DYNAMIC;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.solera.platform.api.AccessKey;
import org.solera.platform.api.AccessKeys;
import org.solera.platform.api.DrainGate;
import org.solera.platform.api.DrainingException;
import org.solera.platform.api.HealthReport;
import org.solera.platform.api.Lease;
import org.solera.platform.api.ServiceGate;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.spi.Drainable;
import org.solera.platform.api.spi.HealthCheck;
import org.solera.platform.api.spi.MetricSource;
import org.solera.platform.net.api.HttpErrorPages;
import org.solera.platform.net.api.HttpExchange;
import org.solera.platform.net.api.HttpHandler;
import org.solera.platform.net.api.PortNames;
import org.solera.storage.api.ObjectStore;
import org.solera.storage.api.StorageError;
import org.solera.storage.api.StorageException;

/** Serves S3: verifies the signature, finds the operation, asks what the key may, runs it, words the errors. Thread-safe. */
@Component(
        service = {HttpHandler.class, HealthCheck.class, MetricSource.class, Drainable.class},
        immediate = true,
        configurationPid = "solera.storage.s3",
        property = {PortNames.PORT_NAME + "=" + PortNames.S3, PortNames.PATH_PREFIX + "=/"})
@Designate(ocd = S3Config.class)
public final class S3Handler implements HttpHandler, HttpErrorPages, HealthCheck, MetricSource, Drainable {
    private static final Logger log = LoggerFactory.getLogger(S3Handler.class);
    private static final String XML = "application/xml";

    private final ServiceGate<ObjectStore> stores = new ServiceGate<>("The object store");
    private final ServiceGate<AccessKeys> keys = new ServiceGate<>("The access keys");
    private final DrainGate requests = new DrainGate("S3");
    private final S3Metrics metrics = new S3Metrics();
    private final Router router = new Router(new StoreAccess(stores));
    private final SignatureCheck signatures;
    private final String baseDomain;

    @Activate
    public S3Handler(@Reference Clock clock, S3Config config) {
        this.signatures = new SignatureCheck(clock);
        this.baseDomain = config.baseDomain();
    }

    @Reference(cardinality = MULTIPLE, policy = DYNAMIC)
    void bindStore(ObjectStore store, Map<String, ?> properties) {
        stores.bind(store, properties);
    }

    void unbindStore(ObjectStore store) {
        if (!stores.unbind(store)) {
            log.warn("A version of the object store went while it was called");
        }
    }

    @Reference(cardinality = MULTIPLE, policy = DYNAMIC)
    void bindKeys(AccessKeys each, Map<String, ?> properties) {
        keys.bind(each, properties);
    }

    void unbindKeys(AccessKeys each) {
        if (!keys.unbind(each)) {
            log.warn("A version of the access keys went while it was called");
        }
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException, InterruptedException {
        long begun = System.nanoTime();
        String[] operation = {"unknown"};
        int status = 200;
        Lease lease = enter();
        try {
            serve(exchange, operation);
        } catch (SoleraException failure) {
            status = refuse(exchange, failure);
        } catch (BodyRefusedException refused) {
            status = refuse(exchange, new S3Exception(refused.error(), String.valueOf(refused.getMessage()), refused));
        } catch (RuntimeException defect) {
            log.error("Request {} failed by a defect", exchange.requestId(), defect);
            status = refuse(
                    exchange, new S3Exception(S3Error.INTERNAL_ERROR, "The request failed by a defect.", defect));
        } finally {
            lease.close();
            metrics.record(operation[0], status, System.nanoTime() - begun);
        }
    }

    /** A request that still comes while this version drains is served all the same. */
    private Lease enter() {
        try {
            return requests.enter();
        } catch (DrainingException late) {
            return () -> {};
        }
    }

    private void serve(HttpExchange exchange, String[] operation)
            throws SoleraException, IOException, InterruptedException {
        HttpRequest request = exchange.request();
        HttpHeaders headers = request.headers();
        String method = request.method().name();
        Target target = Target.parse(request.uri(), headers.get(HttpHeaderNames.HOST, ""), baseDomain);
        SignatureCheck.Verified verified;
        try (ServiceGate.Use<AccessKeys> use = keys.enter()) {
            verified = signatures.verify(method, target, headers, id -> find(use.service(), id));
        }
        Router.Route route = router.find(method, target, headers.contains("x-amz-copy-source"));
        operation[0] = route.name();
        S3Call call = new S3Call(exchange, target, verified.identity(), verified.payload());
        call.require(route.action());
        route.operation().run(call);
    }

    private static Optional<AccessKey> find(AccessKeys service, String id) {
        return service.find(id);
    }

    private int refuse(HttpExchange exchange, SoleraException failure) throws IOException {
        S3Error error = ErrorMapper.map(failure);
        if (error.status() >= 500 && error != S3Error.NOT_IMPLEMENTED) {
            log.warn("Request {}: {}", exchange.requestId(), failure.explain(), failure.getCause());
        } else {
            log.debug("Request {}: {} {}", exchange.requestId(), error.wire(), failure.getMessage());
        }
        if (exchange.responded()) {
            throw new IOException("the answer had begun when it failed", failure);
        }
        HttpResponseStatus status = HttpResponseStatus.valueOf(error.status());
        HttpHeaders headers = S3Call.headers(exchange);
        if (error.retryable()) {
            headers.set(HttpHeaderNames.RETRY_AFTER, 1);
        }
        boolean head = "HEAD".equals(exchange.request().method().name());
        if (head || error == S3Error.NOT_MODIFIED) {
            try (OutputStream none = exchange.respond(status, headers)) {
                none.flush();
            }
            return error.status();
        }
        String path = exchange.request().uri().split("\\?", 2)[0]; // a query may hold a signature
        String document = ErrorMapper.document(error, failure.explain(), path, exchange.requestId());
        headers.set(HttpHeaderNames.CONTENT_TYPE, XML);
        exchange.respond(status, headers, Unpooled.copiedBuffer(document, StandardCharsets.UTF_8));
        return error.status();
    }

    @Override
    public ErrorPage render(int status, String code, String message, String requestId) {
        String wire = switch (status) {
            case 408 -> "RequestTimeout";
            case 411 -> S3Error.MISSING_CONTENT_LENGTH.wire();
            case 431 -> "RequestHeaderSectionTooLarge";
            case 503 -> S3Error.SERVICE_UNAVAILABLE.wire();
            default -> status >= 500 ? S3Error.INTERNAL_ERROR.wire() : S3Error.INVALID_REQUEST.wire();
        };
        return new ErrorPage(XML, ErrorMapper.document(wire, message, code, requestId));
    }

    @Override
    public String name() {
        return "storage.s3";
    }

    @Override
    public int inFlight() {
        return requests.calls();
    }

    @Override
    public boolean drain(Duration deadline) throws InterruptedException {
        return requests.drain(deadline);
    }

    @Override
    public void resume() {
        requests.reopen();
    }

    @Override
    public HealthReport check() {
        if (keys.peek().isEmpty()) {
            return HealthReport.down("There are no access keys.", "Look at platform-security.");
        }
        return stores.peek()
                .map(S3Handler::check)
                .orElseGet(() -> HealthReport.down("There is no object store.", "Look at storage-engine."));
    }

    private static HealthReport check(ObjectStore store) {
        try {
            int buckets = store.buckets().size();
            return HealthReport.up(buckets + " buckets.");
        } catch (DrainingException handOver) {
            return HealthReport.up("The store is being handed over.");
        } catch (StorageException failure) {
            return failure.error() == StorageError.UNREADABLE
                    ? HealthReport.down(failure.explain(), "")
                    : HealthReport.degraded(failure.explain(), "");
        }
    }

    @Override
    public void collect(Sink sink) {
        metrics.collect(sink);
    }
}
