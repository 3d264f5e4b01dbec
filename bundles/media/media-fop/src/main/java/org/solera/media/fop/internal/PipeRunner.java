// SPDX-License-Identifier: Apache-2.0
package org.solera.media.fop.internal;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.solera.media.api.ImageFacts;
import org.solera.media.api.ImageProcessor;
import org.solera.media.api.MediaResult;
import org.solera.media.api.MediaSource;
import org.solera.platform.api.ServiceGate;
import org.solera.platform.api.SoleraException;

/** Runs the operations of a pipe, each on what the one before made. Thread-safe. */
final class PipeRunner {
    private static final List<String> ORIENTATIONS = List.of(
            "Top-left",
            "Top-right",
            "Bottom-right",
            "Bottom-left",
            "Left-top",
            "Right-top",
            "Right-bottom",
            "Left-bottom");

    private final ServiceGate<ImageProcessor> processors;

    PipeRunner(ServiceGate<ImageProcessor> processors) {
        this.processors = processors;
    }

    /** What a step made, as the source of the next one. */
    private record Intermediate(MediaResult result) implements MediaSource {
        @Override
        public String identity() {
            return "";
        }

        @Override
        public long sizeBytes() {
            return result.content().length;
        }

        @Override
        public InputStream open() {
            return new ByteArrayInputStream(result.content());
        }
    }

    MediaResult run(MediaSource source, List<Operation> operations) throws SoleraException, InterruptedException {
        MediaSource input = source;
        MediaResult result = null;
        for (Operation operation : operations) {
            MediaSource from = input;
            if (operation.transform().isPresent()) {
                result = processors.call(processor ->
                        processor.transform(from, operation.transform().get()));
            } else {
                result = describe(processors.call(processor -> processor.inspect(from)), from.sizeBytes());
            }
            input = new Intermediate(result);
        }
        if (result == null) {
            throw new IllegalArgumentException("a pipe without operations");
        }
        return result;
    }

    private static MediaResult describe(ImageFacts facts, long sizeBytes) {
        StringBuilder json = new StringBuilder(160)
                .append("{\"size\":")
                .append(sizeBytes)
                .append(",\"format\":\"")
                .append(facts.format())
                .append("\",\"width\":")
                .append(facts.width())
                .append(",\"height\":")
                .append(facts.height())
                .append(",\"colorModel\":\"")
                .append(facts.colorModel())
                .append('"');
        if (facts.frames() > 1) {
            json.append(",\"frameNumber\":").append(facts.frames());
        }
        if (facts.orientation() > 1 && facts.orientation() <= ORIENTATIONS.size()) {
            json.append(",\"orientation\":\"")
                    .append(ORIENTATIONS.get(facts.orientation() - 1))
                    .append('"');
        }
        return new MediaResult("application/json", json.append('}').toString().getBytes(StandardCharsets.UTF_8));
    }
}
