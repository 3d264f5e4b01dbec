// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.history.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;
import org.solera.platform.api.files.DurableFile;
import org.solera.platform.api.history.MetricHistory.Series;

/**
 * Says which series is kept in which slot. The file, in lines:
 *
 * <pre>
 * solera-history 1.0
 * 17 rate solera_net_sent_bytes_total port=s3       slot, rate or value, metric, labels (form-encoded)
 * crc 1c291ca3                                      CRC-32 of all bytes before this line
 * </pre>
 */
final class Catalog {
    private static final String MAGIC = "solera-history ";
    private static final String HEAD = MAGIC + "1.0\n";
    private static final int CRC_LINE = 13;

    private Catalog() {}

    /** {@return slots by series; empty if there is no file} */
    static Map<Series, Integer> read(Path path) throws IOException {
        if (!Files.exists(path)) {
            return new HashMap<>();
        }
        String text = Files.readString(path, UTF_8);
        if (!text.startsWith(MAGIC + "1.")) {
            throw new IOException("The catalogue is of another version.");
        }
        int end = text.length() - CRC_LINE;
        if (end < 0 || !text.substring(end).equals(crc(text.substring(0, end)))) {
            throw new IOException("The catalogue is damaged: its checksum does not fit.");
        }
        Map<Series, Integer> slots = new HashMap<>();
        List<String> lines = text.substring(0, end).lines().skip(1).toList();
        for (String line : lines) {
            String[] words = line.split(" ", 4);
            if (words.length != 4) {
                throw new IOException("The catalogue is damaged: a line is not complete.");
            }
            slots.put(new Series(words[2], labels(words[3]), words[1].equals("rate")), Integer.parseInt(words[0]));
        }
        return slots;
    }

    /** Replaces the file; a crash leaves the old or the new one. */
    static void write(Path path, Map<Series, Integer> slots) throws IOException {
        StringBuilder text = new StringBuilder(HEAD);
        Map<Integer, Series> ordered = new TreeMap<>();
        slots.forEach((series, slot) -> ordered.put(slot, series));
        ordered.forEach((slot, series) -> text.append(slot)
                .append(series.rate() ? " rate " : " value ")
                .append(series.metric())
                .append(' ')
                .append(labels(series.labels()))
                .append('\n'));
        text.append(crc(text.toString()));
        DurableFile.replace(path, text.toString().getBytes(UTF_8));
    }

    private static String crc(String text) {
        CRC32 crc = new CRC32();
        crc.update(text.getBytes(UTF_8));
        return "crc %08x\n".formatted(crc.getValue());
    }

    private static String labels(Map<String, String> labels) {
        StringBuilder text = new StringBuilder();
        new TreeMap<>(labels)
                .forEach((name, value) -> text.append(text.isEmpty() ? "" : "&")
                        .append(name)
                        .append('=')
                        .append(URLEncoder.encode(value, UTF_8)));
        return text.toString();
    }

    private static Map<String, String> labels(String text) {
        Map<String, String> labels = new HashMap<>();
        for (String pair : text.isEmpty() ? new String[0] : text.split("&")) {
            int equals = pair.indexOf('=');
            labels.put(pair.substring(0, Math.max(0, equals)), URLDecoder.decode(pair.substring(equals + 1), UTF_8));
        }
        return labels;
    }
}
