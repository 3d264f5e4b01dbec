// SPDX-License-Identifier: Apache-2.0
package org.solera.hardware.binder.internal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;

/**
 * Which settings were written by a profile and not by a person, on disk. Confined to one thread.
 *
 * <pre>
 * applied-tuning.json        JSON, UTF-8, at most 256 KiB
 *   {"format": "1",          a greater format is not read
 *    "applied": {"solera.media.image": {"workers": ["2"]}}}
 *                            PID, key, the values that are ours: one, or two while a change is under way
 * </pre>
 *
 * Commit point: the rename over the file. A file that cannot be read counts as empty: then every value that differs from
 * the profile is taken for one that a person set, and stays.
 */
final class AppliedTuning {
    private static final Logger log = LoggerFactory.getLogger(AppliedTuning.class);
    private static final int SIZE_LIMIT_BYTES = 256 * 1024;
    private static final String FORMAT = "1";

    private final Path file;

    AppliedTuning(Path folder) {
        this.file = folder.resolve("applied-tuning.json");
    }

    /** {@return the values that are ours, by PID and key; the maps may be changed} */
    Map<String, Map<String, List<String>>> read() {
        Map<String, Map<String, List<String>>> applied = new TreeMap<>();
        if (!Files.exists(file)) {
            return applied;
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] content = in.readNBytes(SIZE_LIMIT_BYTES);
            // JSON is YAML, so the reader of profiles with its limits reads this too.
            YamlKeys top = YamlKeys.of(
                    file.toString(),
                    "",
                    ProfileReader.parse(file.toString(), new String(content, StandardCharsets.UTF_8)));
            if (!top.text("format", 8).equals(FORMAT)) {
                throw top.failure("format", "this format is not known here.");
            }
            YamlKeys pids = top.mapping("applied");
            for (String pid : pids.values().keySet()) {
                YamlKeys keys = pids.mapping(pid);
                Map<String, List<String>> ours = new TreeMap<>();
                for (String key : keys.values().keySet()) {
                    ours.put(key, texts(keys, key));
                }
                applied.put(pid, ours);
            }
            return applied;
        } catch (IOException | ProfileException unreadable) {
            log.warn("The record of applied settings is not used; every setting counts as set by hand.", unreadable);
            return new TreeMap<>();
        }
    }

    private static List<String> texts(YamlKeys keys, String key) throws ProfileException {
        List<String> texts = new ArrayList<>();
        if (keys.value(key) instanceof List<?> list) {
            list.forEach(each -> texts.add(String.valueOf(each)));
        }
        return texts;
    }

    /** Replaces the record; durable on return. */
    void write(Map<String, Map<String, List<String>>> applied) throws IOException {
        DumperOptions json = new DumperOptions();
        json.setDefaultFlowStyle(DumperOptions.FlowStyle.FLOW);
        json.setDefaultScalarStyle(DumperOptions.ScalarStyle.DOUBLE_QUOTED);
        json.setWidth(Integer.MAX_VALUE);
        json.setSplitLines(false);
        String text = new Yaml(json).dump(new TreeMap<>(Map.of("format", FORMAT, "applied", applied)));
        publish(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    }

    private void publish(ByteBuffer content) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null) {
            throw new IOException("No folder above " + file);
        }
        Path staged = folder.resolve(".applied-tuning." + UUID.randomUUID());
        try (FileChannel channel = FileChannel.open(staged, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
                FileChannel parent = FileChannel.open(folder, StandardOpenOption.READ)) {
            while (content.hasRemaining()) {
                channel.write(content);
            }
            channel.force(true);
            Files.move(staged, file, StandardCopyOption.ATOMIC_MOVE); // the commit point
            parent.force(true);
        } finally {
            Files.deleteIfExists(staged);
        }
    }
}
