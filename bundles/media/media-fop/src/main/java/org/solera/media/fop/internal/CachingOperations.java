// SPDX-License-Identifier: Apache-2.0
package org.solera.media.fop.internal;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.metatype.annotations.Designate;
import org.solera.media.api.ImageProcessor;
import org.solera.media.api.MediaError;
import org.solera.media.api.MediaException;
import org.solera.media.api.MediaFigures;
import org.solera.media.api.MediaOperations;
import org.solera.media.api.MediaResult;
import org.solera.media.api.MediaSource;
import org.solera.platform.api.DrainGate;
import org.solera.platform.api.HealthReport;
import org.solera.platform.api.Lease;
import org.solera.platform.api.ServiceGate;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.spi.Drainable;
import org.solera.platform.api.spi.HealthCheck;
import org.solera.platform.api.spi.MetricSource;

/**
 * Runs operation strings. Equal requests at the same time are done once, by the thread of the first; results stay in
 * memory for a while. Thread-safe.
 */
@Component(
        service = {MediaOperations.class, Drainable.class, HealthCheck.class, MetricSource.class},
        configurationPid = "solera.media.fop")
@Designate(ocd = FopConfig.class)
public final class CachingOperations implements MediaOperations, Drainable, HealthCheck, MetricSource {
    private final @Nullable BundleContext context; // absent in tests
    private final Map<ServiceReference<ImageProcessor>, ImageProcessor> fetched = new ConcurrentHashMap<>();
    private final ServiceGate<ImageProcessor> processors = new ServiceGate<>("Image processing");
    private final PipeRunner runner = new PipeRunner(processors);
    private final DrainGate gate = new DrainGate("Media processing");
    private final Map<String, CompletableFuture<MediaResult>> underWay = new ConcurrentHashMap<>();
    private final Figures figures = new Figures();
    private final ResultCache cache;
    private final Duration sharedWait;
    private final String version;

    /**
     * @param bundle tells the version, for the metrics
     * @param config settings
     */
    @Activate
    public CachingOperations(BundleContext bundle, FopConfig config) {
        this(bundle, bundle.getBundle().getVersion() + "-" + bundle.getBundle().getBundleId(), config);
    }

    CachingOperations(@Nullable BundleContext context, String version, FopConfig config) {
        this.context = context;
        this.version = version;
        this.cache = new ResultCache((long) config.cacheMiB() << 20);
        this.sharedWait = Duration.ofSeconds(config.sharedWaitSeconds());
    }

    @Reference(
            service = ImageProcessor.class,
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC)
    void bindReference(ServiceReference<ImageProcessor> reference) {
        // Fetched here and not by the component runtime: for a version that fails to activate it would keep a note
        // about
        // this component, and with it the class loader of this bundle, for ever.
        ImageProcessor processor = context == null ? null : context.getService(reference);
        if (processor != null) {
            fetched.put(reference, processor);
            bindProcessor(processor, FrameworkUtil.asMap(reference.getProperties()));
        }
    }

    void unbindReference(ServiceReference<ImageProcessor> reference) {
        ImageProcessor processor = fetched.remove(reference);
        if (processor != null && context != null) {
            unbindProcessor(processor);
            context.ungetService(reference);
        }
    }

    void bindProcessor(ImageProcessor processor, Map<String, ?> properties) {
        processors.bind(processor, properties);
    }

    void unbindProcessor(ImageProcessor processor) {
        processors.unbind(processor);
    }

    @Override
    public boolean recognises(String query) {
        return OperationParser.isName(query.split("[/|?&]", 2)[0]);
    }

    @Override
    public List<Grammar> grammar() {
        return OperationParser.GRAMMAR;
    }

    @Override
    public MediaFigures figures() {
        return figures.read(cache);
    }

    @Override
    @SuppressWarnings("try") // the lease is held, not used
    public MediaResult run(MediaSource source, String operations) throws SoleraException, InterruptedException {
        boolean done = false;
        try (Lease lease = gate.enter()) {
            figures.requests.increment();
            List<Operation> pipe = OperationParser.parse(operations);
            // Values, not the text: spellings of one operation share a result.
            MediaResult result = find(source.identity() + '\n' + pipe, source, pipe);
            done = true;
            return result;
        } finally {
            if (!done) {
                figures.failures.increment();
            }
        }
    }

    private MediaResult find(String key, MediaSource source, List<Operation> pipe)
            throws SoleraException, InterruptedException {
        while (true) {
            Optional<MediaResult> cached = cache.find(key);
            if (cached.isPresent()) {
                figures.hits.increment();
                return cached.get();
            }
            CompletableFuture<MediaResult> mine = new CompletableFuture<>();
            CompletableFuture<MediaResult> others = underWay.putIfAbsent(key, mine);
            if (others == null) {
                return lead(key, mine, source, pipe);
            }
            figures.coalesced.increment();
            Optional<MediaResult> shared = follow(others);
            if (shared.isPresent()) {
                return shared.get();
            }
        }
    }

    private MediaResult lead(String key, CompletableFuture<MediaResult> mine, MediaSource source, List<Operation> pipe)
            throws SoleraException, InterruptedException {
        long began = System.nanoTime();
        try {
            MediaResult result = runner.run(source, pipe);
            figures.computed(System.nanoTime() - began);
            cache.add(key, result);
            mine.complete(result);
            return result;
        } catch (SoleraException failure) {
            mine.completeExceptionally(failure);
            throw failure;
        } finally {
            underWay.remove(key, mine);
            // A leader that was interrupted or met a defect leaves its followers to try themselves.
            mine.cancel(false);
        }
    }

    /** {@return the result of another request; empty when that request gave up for reasons of its own} */
    private Optional<MediaResult> follow(CompletableFuture<MediaResult> others)
            throws SoleraException, InterruptedException {
        try {
            return Optional.of(others.get(sharedWait.toNanos(), TimeUnit.NANOSECONDS));
        } catch (CancellationException gaveUp) {
            return Optional.empty();
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof SoleraException known) {
                throw known;
            }
            return Optional.empty();
        } catch (TimeoutException slow) {
            throw new MediaException(
                    MediaError.BUSY,
                    "The same operation has been under way for %d s.".formatted(sharedWait.toSeconds()),
                    "Try again in a moment.",
                    slow);
        }
    }

    @Override
    public String name() {
        return "media.fop";
    }

    @Override
    public HealthReport check() {
        return processors.peek().isPresent()
                ? HealthReport.up("%d operations are under way.".formatted(underWay.size()))
                : HealthReport.degraded(
                        "No image processor is there, so image operations fail.", "Install the bundle media-image.");
    }

    @Override
    public int inFlight() {
        return gate.calls();
    }

    @Override
    public boolean drain(Duration deadline) throws InterruptedException {
        return gate.drain(deadline);
    }

    @Override
    public void resume() {
        gate.reopen();
    }

    @Override
    public void collect(Sink sink) {
        figures.write(sink, cache, version);
    }
}
