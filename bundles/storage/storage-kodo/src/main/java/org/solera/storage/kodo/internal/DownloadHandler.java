// SPDX-License-Identifier: Apache-2.0
package org.solera.storage.kodo.internal;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.solera.media.api.MediaOperations;
import org.solera.media.api.MediaResult;
import org.solera.platform.api.AccessKey;
import org.solera.platform.api.AccessKeys;
import org.solera.platform.api.HealthReport;
import org.solera.platform.api.ServiceGate;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.spi.HealthCheck;
import org.solera.platform.api.spi.MetricSource;
import org.solera.platform.net.api.HttpErrorPages;
import org.solera.platform.net.api.HttpExchange;
import org.solera.platform.net.api.HttpHandler;
import org.solera.platform.net.api.PortNames;
import org.solera.storage.api.ObjectReader;
import org.solera.storage.api.ObjectStore;
import org.solera.storage.api.StorageError;
import org.solera.storage.api.StoredObject;

/** Serves {@code GET /<bucket>/<key>[?<operations>]}. Thread-safe. */
@Component(
        service = {HttpHandler.class, HealthCheck.class, MetricSource.class},
        configurationPid = "solera.storage.kodo",
        property = PortNames.PORT_NAME + "=" + PortNames.DOWNLOAD)
@Designate(ocd = KodoConfig.class)
public final class DownloadHandler implements HttpHandler, HttpErrorPages, HealthCheck, MetricSource {
    private static final Logger log = LoggerFactory.getLogger(DownloadHandler.class);
    private static final int ATTEMPTS = 3;
    private static final int UNAVAILABLE = 503;
    private static final int FIRST_SERVER_ERROR = 500;
    private static final int WRONG_METHOD = 405;

    private final ServiceGate<ObjectStore> stores = new ServiceGate<>("The object store");
    private final ServiceGate<AccessKeys> keys = new ServiceGate<>("The list of access keys");
    private final ServiceGate<MediaOperations> media = new ServiceGate<>("Media processing");
    private final ObjectAccess access = new ObjectAccess(stores);
    private final SignedAddress signatures;
    private final Set<String> publicBuckets;
    private final String version;
    private final LongAdder objects = new LongAdder();
    private final LongAdder operations = new LongAdder();
    private final LongAdder refusals = new LongAdder();
    private final LongAdder bytes = new LongAdder();

    /**
     * @param bundle tells the version, for the metrics
     * @param clock tells whether an address has expired
     * @param config settings
     */
    @Activate
    public DownloadHandler(BundleContext bundle, @Reference Clock clock, KodoConfig config) {
        this(bundle.getBundle().getVersion() + "-" + bundle.getBundle().getBundleId(), clock, config);
    }

    DownloadHandler(String version, Clock clock, KodoConfig config) {
        this.version = version;
        this.signatures = new SignedAddress(clock);
        this.publicBuckets = Set.of(config.publicBuckets());
    }

    @Reference(
            service = ObjectStore.class,
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC)
    void bindStore(ObjectStore store, Map<String, ?> properties) {
        stores.bind(store, properties);
    }

    void unbindStore(ObjectStore store) {
        stores.unbind(store);
    }

    @Reference(
            service = AccessKeys.class,
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC)
    void bindKeys(AccessKeys some, Map<String, ?> properties) {
        keys.bind(some, properties);
    }

    void unbindKeys(AccessKeys some) {
        keys.unbind(some);
    }

    @Reference(
            service = MediaOperations.class,
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC)
    void bindMedia(MediaOperations some, Map<String, ?> properties) {
        media.bind(some, properties);
    }

    void unbindMedia(MediaOperations some) {
        media.unbind(some);
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException, InterruptedException {
        String method = exchange.request().method().name();
        if (!method.equals("GET") && !method.equals("HEAD")) {
            refusals.increment();
            Answers.document(
                    exchange,
                    WRONG_METHOD,
                    new DefaultHttpHeaders().set(HttpHeaderNames.ALLOW, "GET, HEAD"),
                    KodoErrors.document(
                            "METHOD_NOT_ALLOWED", "Downloads know GET and HEAD only.", "Upload through S3."));
            return;
        }
        try {
            serve(exchange);
        } catch (SoleraException failure) {
            refuse(exchange, failure);
        }
    }

    private void refuse(HttpExchange exchange, SoleraException failure) throws IOException {
        refusals.increment();
        int status = KodoErrors.status(failure);
        if (status == FIRST_SERVER_ERROR) {
            log.error("Download {} failed.", exchange.requestId(), failure);
        } else {
            log.debug("Download {} was answered with {}: {}", exchange.requestId(), status, failure.explain());
        }
        if (exchange.responded()) {
            throw new IOException(failure.getMessage(), failure);
        }
        HttpHeaders headers = new DefaultHttpHeaders();
        if (status == UNAVAILABLE) {
            headers.set(HttpHeaderNames.RETRY_AFTER, 1);
        }
        Answers.document(exchange, status, headers, KodoErrors.document(failure));
    }

    private void serve(HttpExchange exchange) throws IOException, SoleraException, InterruptedException {
        DownloadRequest request = DownloadRequest.parse(exchange.request().uri());
        if (!publicBuckets.contains(request.object().bucket().value())) {
            String host = exchange.request().headers().get(HttpHeaderNames.HOST, "");
            signatures.require(request, host, this::findKey);
        }
        for (int attempt = 1; ; attempt++) {
            try {
                if (request.operations().isPresent()) {
                    sendResult(exchange, request, request.operations().get());
                } else {
                    sendObject(exchange, request);
                }
                return;
            } catch (SoleraException failure) {
                // An object that was replaced between its look-up and its reading is looked up again.
                if (failure.code() != StorageError.PRECONDITION_FAILED || attempt == ATTEMPTS || exchange.responded()) {
                    throw failure;
                }
            }
        }
    }

    private Optional<AccessKey> findKey(String id) throws SoleraException, InterruptedException {
        try (ServiceGate.Use<AccessKeys> use = keys.enter()) {
            return use.service().find(id);
        }
    }

    private void sendObject(HttpExchange exchange, DownloadRequest request)
            throws IOException, SoleraException, InterruptedException {
        try (ObjectReader reader = access.open(request.object())) {
            StoredObject object = reader.object();
            HttpHeaders headers = new DefaultHttpHeaders();
            object.metadata().headers().forEach(headers::set);
            headers.set(HttpHeaderNames.CONTENT_TYPE, object.metadata().contentType());
            request.attachment()
                    .ifPresent(name -> headers.set(HttpHeaderNames.CONTENT_DISPOSITION, Answers.attachment(name)));
            objects.increment();
            bytes.add(Answers.send(
                    exchange,
                    new Answers.Body(object.sizeBytes(), object.etag(), object.modified(), headers),
                    range -> reader.read(range.offset(), range.length())));
        }
    }

    private void sendResult(HttpExchange exchange, DownloadRequest request, String pipe)
            throws IOException, SoleraException, InterruptedException {
        StoredObject object = access.find(request.object());
        MediaResult result = process(new ObjectSource(access, object), pipe);
        HttpHeaders headers = new DefaultHttpHeaders().set(HttpHeaderNames.CONTENT_TYPE, result.contentType());
        request.attachment()
                .ifPresent(name -> headers.set(HttpHeaderNames.CONTENT_DISPOSITION, Answers.attachment(name)));
        operations.increment();
        bytes.add(Answers.send(
                exchange,
                new Answers.Body(result.content().length, digest(result.content()), object.modified(), headers),
                range -> new ByteArrayInputStream(result.content(), (int) range.offset(), (int) range.length())));
    }

    private MediaResult process(ObjectSource source, String pipe) throws SoleraException, InterruptedException {
        return media.call(service -> service.run(source, pipe));
    }

    private static String digest(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(content));
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException(missing);
        }
    }

    @Override
    public ErrorPage render(int status, String code, String message, String requestId) {
        return new ErrorPage("application/json", KodoErrors.document(code, message, ""));
    }

    @Override
    public String name() {
        return "storage.kodo";
    }

    @Override
    public HealthReport check() {
        if (stores.peek().isEmpty()) {
            return HealthReport.degraded("No object store is there.", "Install the bundle storage-engine.");
        }
        if (keys.peek().isEmpty()) {
            return HealthReport.degraded("No list of access keys is there.", "Install the bundle platform-security.");
        }
        return HealthReport.up("Downloads are served, %d buckets are public.".formatted(publicBuckets.size()));
    }

    @Override
    public void collect(Sink sink) {
        String[] labels = {"version", version};
        sink.counter("solera_storage_downloads_total", "Objects sent.", objects.sum(), labels);
        sink.counter("solera_storage_download_results_total", "Results of operations sent.", operations.sum(), labels);
        sink.counter("solera_storage_download_refusals_total", "Requests refused.", refusals.sum(), labels);
        sink.counter("solera_storage_download_bytes_total", "Bytes of bodies sent.", bytes.sum(), labels);
    }
}
