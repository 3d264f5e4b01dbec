// SPDX-License-Identifier: Apache-2.0
package org.solera.media.image.internal;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.solera.media.api.ImageProcessor;
import org.solera.platform.api.WorkerSpec;

/** The worker's jar, laid out of the bundle into a folder named after its content, and how it is run. */
final class WorkerProgram {
    private static final String RESOURCE = "/META-INF/worker/image-worker.jar";
    private static final int REQUESTS = 2000;
    private static final int HASH_BYTES = 8;

    private final Path jar;

    private WorkerProgram(Path jar) {
        this.jar = jar;
    }

    /** Lays the jar out, unless the same content lies there already. */
    static WorkerProgram extract(Path cache) throws IOException {
        byte[] content;
        try (InputStream resource = WorkerProgram.class.getResourceAsStream(RESOURCE)) {
            if (resource == null) {
                throw new IOException("the bundle lacks " + RESOURCE);
            }
            content = resource.readAllBytes();
        }
        Path folder = Files.createDirectories(cache.resolve("image-worker-" + hash(content)));
        Path target = folder.resolve("image-worker.jar");
        if (!Files.exists(target) || Files.size(target) != content.length) {
            Path staged = folder.resolve(UUID.randomUUID() + ".part");
            try {
                Files.copy(new ByteArrayInputStream(content), staged);
                Files.move(staged, target, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(staged);
            }
        }
        return new WorkerProgram(target);
    }

    private static String hash(byte[] content) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
            return HexFormat.of().formatHex(digest, 0, HASH_BYTES);
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException(missing);
        }
    }

    WorkerSpec spec(ImageConfig config) {
        int workers =
                config.workers() > 0 ? config.workers() : Runtime.getRuntime().availableProcessors();
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xms8m",
                "-Xmx64m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto",
                "-XX:-UsePerfData",
                "-XX:ReservedCodeCacheSize=24m",
                "-XX:CompressedClassSpaceSize=24m",
                "-XX:+ExitOnOutOfMemoryError",
                "-Djava.io.tmpdir=/tmp",
                "-jar",
                jar.toString(),
                "maxSourceBytes=" + ImageProcessor.MAX_SOURCE_BYTES,
                "maxPixels=" + config.maxMegapixels() * 1_000_000L,
                "maxFrames=" + config.maxFrames(),
                "maxResultPixels=" + config.maxResultMegapixels() * 1_000_000L,
                "maxResultBytes=" + ImageProcessor.MAX_RESULT_BYTES);
        return new WorkerSpec(
                "media.image",
                command,
                Map.of("PATH", "/usr/bin:/bin", "LANG", "C.UTF-8", "MALLOC_ARENA_MAX", "2"),
                List.of(jar),
                List.of(),
                workers,
                REQUESTS,
                (long) config.memoryMiB() << 20,
                Duration.ofSeconds(config.idleSeconds()));
    }
}
