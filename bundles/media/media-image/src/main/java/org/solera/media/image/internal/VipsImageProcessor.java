// SPDX-License-Identifier: Apache-2.0
package org.solera.media.image.internal;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.solera.media.api.ImageFacts;
import org.solera.media.api.ImageProcessor;
import org.solera.media.api.ImageTransform;
import org.solera.media.api.MediaError;
import org.solera.media.api.MediaException;
import org.solera.media.api.MediaResult;
import org.solera.media.api.MediaSource;
import org.solera.media.image.internal.WorkerExchange.Answer;
import org.solera.platform.api.Appliance;
import org.solera.platform.api.DrainGate;
import org.solera.platform.api.HealthReport;
import org.solera.platform.api.Lease;
import org.solera.platform.api.PlatformError;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.WorkerPool;
import org.solera.platform.api.Workers;
import org.solera.platform.api.spi.Drainable;
import org.solera.platform.api.spi.HealthCheck;

/** Works on images with libvips, in processes that a bad image may kill. Thread-safe. */
@Component(
        service = {ImageProcessor.class, Drainable.class, HealthCheck.class},
        configurationPid = "solera.media.image")
@Designate(ocd = ImageConfig.class)
public final class VipsImageProcessor implements ImageProcessor, Drainable, HealthCheck {
    private static final String INSTALL = "Run: apt-get install libvips42";

    private final WorkerPool pool;
    private final DrainGate gate = new DrainGate("Image processing");
    private final RetriedCalls calls;
    private final Duration limit;

    /**
     * @param appliance where the program of the workers is laid out
     * @param workers runs the workers
     * @param config settings
     * @throws IOException if the program cannot be laid out
     */
    @Activate
    public VipsImageProcessor(@Reference Appliance appliance, @Reference Workers workers, ImageConfig config)
            throws IOException {
        this.limit = Duration.ofSeconds(config.timeoutSeconds());
        this.pool = workers.open(
                WorkerProgram.extract(appliance.cacheDirectory("media")).spec(config));
        this.calls = new RetriedCalls(pool, Duration.ofSeconds(config.patienceSeconds()), limit, System::nanoTime);
    }

    @Override
    public ImageFacts inspect(MediaSource source) throws SoleraException, InterruptedException {
        return work(source, Optional.empty()).facts().orElseThrow(VipsImageProcessor::unexpected);
    }

    @Override
    public MediaResult transform(MediaSource source, ImageTransform step) throws SoleraException, InterruptedException {
        return work(source, Optional.of(step)).image().orElseThrow(VipsImageProcessor::unexpected);
    }

    private static MediaException unexpected() {
        return new MediaException(
                MediaError.PROCESSOR_UNAVAILABLE, "The image worker gave an answer of another kind.", "", null);
    }

    @SuppressWarnings("try") // the lease is held, not used
    private Answer work(MediaSource source, Optional<ImageTransform> step)
            throws SoleraException, InterruptedException {
        if (source.sizeBytes() > MAX_SOURCE_BYTES) {
            throw new MediaException(
                    MediaError.TOO_LARGE,
                    "The image has %d bytes; the limit is %d.".formatted(source.sizeBytes(), MAX_SOURCE_BYTES),
                    "Use a smaller image.",
                    null);
        }
        try (Lease lease = gate.enter()) {
            Answer answer = call(new WorkerExchange(source, step));
            if (answer.refusal().isPresent()) {
                throw answer.refusal().get();
            }
            if (answer.brokenSource().isPresent()) {
                throw unreadable(answer.brokenSource().get());
            }
            return answer;
        }
    }

    private static SoleraException unreadable(IOException cause) {
        // A source says why it cannot be read; a store that is being replaced is worth another try, for example.
        return cause.getCause() instanceof SoleraException known
                ? known
                : new MediaException(
                        MediaError.CORRUPT_SOURCE,
                        "The image cannot be read: " + cause.getMessage() + ".",
                        "Upload it again, or look into the log of the appliance.",
                        cause);
    }

    private Answer call(WorkerExchange exchange) throws SoleraException, InterruptedException {
        if (!LibraryCheck.present()) {
            throw new MediaException(
                    MediaError.PROCESSOR_UNAVAILABLE, "libvips is not installed on this box.", INSTALL + ".", null);
        }
        try {
            return calls.run(exchange);
        } catch (SoleraException failure) {
            throw translated(failure, exchange);
        }
    }

    private MediaException translated(SoleraException failure, WorkerExchange exchange) {
        if (failure.code() == PlatformError.BUSY) {
            return new MediaException(
                    MediaError.BUSY, "Too many images wait to be worked on.", "Try again in a moment.", failure);
        }
        if (failure.code() == PlatformError.WORKER_LIMIT) {
            return new MediaException(
                    MediaError.LIMIT_EXCEEDED,
                    "The image took longer than %d s.".formatted(limit.toSeconds()),
                    "Use a smaller image or a simpler operation.",
                    failure);
        }
        return exchange.begun()
                ? new MediaException(
                        MediaError.LIMIT_EXCEEDED,
                        "Two image workers died at this image; it is damaged or needs too much memory.",
                        "Use another image, or look into the log of the appliance.",
                        failure)
                : new MediaException(
                        MediaError.PROCESSOR_UNAVAILABLE, "No image worker starts.", failure.explain(), failure);
    }

    @Override
    public String name() {
        return "media.image";
    }

    @Override
    public HealthReport check() {
        return LibraryCheck.present()
                ? HealthReport.up("Images are worked on with libvips.")
                : HealthReport.degraded("libvips is not installed, so images cannot be worked on.", INSTALL + ".");
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

    /** Ends the workers. */
    @Deactivate
    public void close() {
        pool.close();
    }
}
